using Chain.Core.Benchmarks.Crypto;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>Bursts of signed transactions, each submitted at one of ten nodes and taken into the pools of the other nine.</summary>
internal static class GossipContest
{
    /// <summary>Deliveries per call.</summary>
    public const int Deliveries = Burst * (Count - 1);

    private const int WarmUps = 6;
    private const int Count = 10;
    private const int Dials = 4;
    private const int Burst = 2000;

    public static Contest Prepare()
    {
        var load = new TransferLoad();
        Nodes nodes = Nodes.Start(load.Chain, Count, Dials, firstProduces: false, static _ => new MemoryStore());
        var admitted = new Countdown();
        foreach (ChainNode node in nodes.All)
        {
            node.Subscribe(happened => admitted.Add(happened is NodeEvent.TransactionAdmitted ? 1 : 0));
        }

        SignatureClaim[] claims = SignedMessages.Make(Ed25519Contests.Claims);
        var verdicts = new bool[claims.Length];
        return new Contest(() => Spread(load, nodes, admitted), () => Verify(claims, verdicts), () =>
        {
            // The just-in-time compiler works on a thread of its own, whose time would count.
            for (int i = 0; i < WarmUps; i++)
            {
                Spread(load, nodes, admitted);
            }

            return null;
        });
    }

    private static void Spread(TransferLoad load, Nodes nodes, Countdown admitted)
    {
        admitted.Expect(Burst * Count);
        Transaction[] burst = load.Take(Burst);
        for (int i = 0; i < burst.Length; i++)
        {
            nodes.All[i % Count].SubmitAsync(burst[i]).AsTask().GetAwaiter().GetResult();
        }

        admitted.Wait();
    }

    private static void Verify(SignatureClaim[] claims, bool[] verdicts)
    {
        for (int verified = 0; verified < Deliveries; verified += claims.Length)
        {
            Ed25519.Scheme.VerifyMany(claims.AsSpan(0, Math.Min(claims.Length, Deliveries - verified)), verdicts);
        }
    }
}
