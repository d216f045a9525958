using Chain.Core.Benchmarks.Crypto;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Chain.Core.Protocol;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>Transfers through four nodes with RocksDB, until every node's head has them.</summary>
internal static class ThroughputContest
{
    /// <summary>Transactions per call.</summary>
    public const int Transactions = 2000;

    private const int WarmUps = 6;
    private const int Count = 4;

    public static Contest Prepare()
    {
        var load = new TransferLoad();
        string folder = Directory.CreateTempSubdirectory("chain-core-benchmark-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Nodes nodes = Nodes.Start(
            load.Chain, Count, Count, firstProduces: true, i => RocksDbStore.Open(Path.Combine(folder, $"node-{i}"), new RocksDbStoreOptions()));
        var applied = new Countdown();
        foreach (ChainNode node in nodes.All)
        {
            node.Subscribe(happened =>
            {
                if (happened is NodeEvent.HeadMoved moved)
                {
                    applied.Add(moved.Applied.Sum(static block => block.Transactions.Count));
                }
            });
        }

        SignatureClaim[] claims = SignedMessages.Make(Ed25519Contests.Claims);
        var sodium = new SodiumVerifier(claims);
        var verdicts = new bool[claims.Length];
        return new Contest(() => Include(load, nodes, applied), () => Verify(sodium, verdicts), () =>
        {
            // The just-in-time compiler works on a thread of its own, whose time would count.
            for (int i = 0; i < WarmUps; i++)
            {
                Include(load, nodes, applied);
            }

            return null;
        });
    }

    private static void Include(TransferLoad load, Nodes nodes, Countdown applied)
    {
        applied.Expect(Transactions * Count);
        Transaction[] transfers = load.Take(Transactions);
        for (int i = 0; i < transfers.Length; i++)
        {
            nodes.All[i % Count].SubmitAsync(transfers[i]).AsTask().GetAwaiter().GetResult();
        }

        applied.Wait();
    }

    private static void Verify(SodiumVerifier sodium, bool[] verdicts)
    {
        for (int verified = 0; verified < Transactions * Count; verified += verdicts.Length)
        {
            sodium.Verify(verdicts);
        }
    }
}
