using Chain.Core.Benchmarks.Crypto;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Chain.Core.Gossip;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>Bursts of signed messages, each submitted at one of ten nodes and delivered, its signature checked, at the other nine.</summary>
internal static class GossipContest
{
    /// <summary>Deliveries per call.</summary>
    public const int Deliveries = Burst * (Count - 1);

    private const int WarmUps = 10;
    private const int Count = 10;
    private const int Dials = 4;
    private const int Burst = 2000;

    /// <summary>Nodes that do nothing but gossip: see <see cref="MessageMachine"/>.</summary>
    public static Contest PrepareMessages()
    {
        var load = new TransferLoad();
        var delivered = new Countdown();
        var options = new GossipOptions
        {
            Network = load.Chain.Network,
            Genesis = load.Chain.GenesisId,
            Peers = new PeerOptions { AddressSample = 0 },
        };
        MessageNode[] nodes = MessageNode.Start(options, Count, Dials, delivered.Add);
        return Between(() => Spread(load, delivered, (i, message) => nodes[i].Submit(message)));
    }

    /// <summary>Full nodes, which take each message as a transaction into their mempools after a look at the state.</summary>
    public static Contest PrepareNodes()
    {
        var load = new TransferLoad();
        Nodes nodes = Nodes.Start(load.Chain, Count, Dials, firstProduces: false, static _ => new MemoryStore());
        var admitted = new Countdown();
        foreach (ChainNode node in nodes.All)
        {
            node.Subscribe(happened => admitted.Add(happened is NodeEvent.TransactionAdmitted ? 1 : 0));
        }

        return Between(() => Spread(
            load, admitted, (i, transaction) => nodes.All[i].SubmitAsync(transaction).AsTask().GetAwaiter().GetResult()));
    }

    private static Contest Between(Action spread)
    {
        SignatureClaim[] claims = SignedMessages.Make(Ed25519Contests.Claims);
        var verdicts = new bool[claims.Length];
        return new Contest(spread, () => Verify(claims, verdicts), () =>
        {
            // The just-in-time compiler works on a thread of its own, whose time would count.
            for (int i = 0; i < WarmUps; i++)
            {
                spread();
            }

            return null;
        });
    }

    private static void Spread(TransferLoad load, Countdown delivered, Action<int, Transaction> submit)
    {
        delivered.Expect(Burst * Count);
        Transaction[] burst = load.Take(Burst);
        for (int i = 0; i < burst.Length; i++)
        {
            submit(i % Count, burst[i]);
        }

        delivered.Wait();
    }

    private static void Verify(SignatureClaim[] claims, bool[] verdicts)
    {
        for (int verified = 0; verified < Deliveries; verified += claims.Length)
        {
            Ed25519.Scheme.VerifyMany(claims.AsSpan(0, Math.Min(claims.Length, Deliveries - verified)), verdicts);
        }
    }
}
