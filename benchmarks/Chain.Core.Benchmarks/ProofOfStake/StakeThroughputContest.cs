using Chain.Core.Benchmarks.Crypto;
using Chain.Core.Benchmarks.Network;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Chain.Core.Protocol;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>Transfers through four validators with RocksDB, until every one of them has them in a final block.</summary>
internal static class StakeThroughputContest
{
    /// <summary>Transactions per call.</summary>
    public const int Transactions = 2000;

    private const int WarmUps = 6;
    private const int Count = 4;
    private static readonly TimeSpan BlockPause = TimeSpan.FromMilliseconds(50);

    public static Contest Prepare()
    {
        var load = new TransferLoad(Stakers.Engine(Count, BlockPause));
        string folder = Directory.CreateTempSubdirectory("chain-core-benchmark-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Nodes nodes = Nodes.Start(
            load.Chain,
            Count,
            Count,
            firstProduces: false,
            i => RocksDbStore.Open(Path.Combine(folder, $"node-{i}"), new RocksDbStoreOptions()),
            Stakers.Vote);
        var final = new Countdown();
        foreach (ChainNode node in nodes.All)
        {
            Watch(node, final);
        }

        SignatureClaim[] claims = SignedMessages.Make(Ed25519Contests.Claims);
        var sodium = new SodiumVerifier(claims);
        var verdicts = new bool[claims.Length];
        return new Contest(() => Include(load, nodes, final), () => Verify(sodium, verdicts), () =>
        {
            // The just-in-time compiler works on a thread of its own, whose time would count.
            for (int i = 0; i < WarmUps; i++)
            {
                Include(load, nodes, final);
            }

            return null;
        });
    }

    /// <summary>Counts the transactions of a node's blocks when they are final.</summary>
    private static void Watch(ChainNode node, Countdown final)
    {
        var waiting = new Queue<Block>();
        node.Subscribe(happened =>
        {
            switch (happened)
            {
                case NodeEvent.HeadMoved { Unapplied.Count: > 0 }:
                    throw new InvalidOperationException("A block was undone, and the count would be wrong.");
                case NodeEvent.HeadMoved moved:
                    foreach (Block block in moved.Applied)
                    {
                        waiting.Enqueue(block);
                    }

                    break;
                case NodeEvent.BlockFinalized { Block: BlockId tip } when waiting.Any(block => block.Id == tip):
                    Block? last;
                    do
                    {
                        last = waiting.Dequeue();
                        final.Add(last.Transactions.Count);
                    }
                    while (last.Id != tip);

                    break;
            }
        });
    }

    private static void Include(TransferLoad load, Nodes nodes, Countdown final)
    {
        final.Expect(Transactions * Count);
        Transaction[] transfers = load.Take(Transactions);
        for (int i = 0; i < transfers.Length; i++)
        {
            nodes.All[i % Count].SubmitAsync(transfers[i]).AsTask().GetAwaiter().GetResult();
        }

        final.Wait();
    }

    private static void Verify(SodiumVerifier sodium, bool[] verdicts)
    {
        for (int verified = 0; verified < Transactions * Count; verified += verdicts.Length)
        {
            sodium.Verify(verdicts);
        }
    }
}
