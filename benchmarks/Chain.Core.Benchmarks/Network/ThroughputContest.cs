using Chain.Core.Benchmarks.Crypto;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>Transfers through four nodes with RocksDB, until every node has them.</summary>
internal static class ThroughputContest
{
    /// <summary>Transactions per call.</summary>
    public const int Transactions = 2000;

    /// <summary>How many nodes there are.</summary>
    public const int NodeCount = 4;

    private const int WarmUps = 6;

    /// <summary>One node seals; a transaction is through where it stands on the chain of a node's head.</summary>
    public static Contest Prepare() => Prepare(new TransferLoad(), firstProduces: true, change: null, CountApplied);

    /// <summary>The contest of any engine.</summary>
    /// <param name="load">The chain and its transfers.</param>
    /// <param name="firstProduces">Whether the first node makes blocks.</param>
    /// <param name="change">Changes to the options of each node.</param>
    /// <param name="count">Counts the transactions that are through at a node.</param>
    public static Contest Prepare(
        TransferLoad load, bool firstProduces, Func<int, ChainNodeOptions, ChainNodeOptions>? change, Action<ChainNode, Countdown> count)
    {
        string folder = Directory.CreateTempSubdirectory("chain-core-benchmark-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Nodes nodes = Nodes.Start(
            load.Chain,
            NodeCount,
            NodeCount,
            firstProduces,
            i => RocksDbStore.Open(Path.Combine(folder, $"node-{i}"), new RocksDbStoreOptions()),
            change);
        var through = new Countdown();
        foreach (ChainNode node in nodes.All)
        {
            count(node, through);
        }

        SignatureClaim[] claims = SignedMessages.Make(Ed25519Contests.Claims);
        var sodium = new SodiumVerifier(claims);
        var verdicts = new bool[claims.Length];
        return new Contest(() => Include(load, nodes, through), () => Verify(sodium, verdicts), () =>
        {
            // The just-in-time compiler works on a thread of its own, whose time would count.
            for (int i = 0; i < WarmUps; i++)
            {
                Include(load, nodes, through);
            }

            return null;
        });
    }

    private static void CountApplied(ChainNode node, Countdown applied) => node.Subscribe(happened =>
    {
        if (happened is NodeEvent.HeadMoved moved)
        {
            applied.Add(moved.Applied.Sum(static block => block.Transactions.Count));
        }
    });

    private static void Include(TransferLoad load, Nodes nodes, Countdown through)
    {
        through.Expect(Transactions * NodeCount);
        Transaction[] transfers = load.Take(Transactions);
        for (int i = 0; i < transfers.Length; i++)
        {
            nodes.All[i % NodeCount].SubmitAsync(transfers[i]).AsTask().GetAwaiter().GetResult();
        }

        through.Wait();
    }

    private static void Verify(SodiumVerifier sodium, bool[] verdicts)
    {
        for (int verified = 0; verified < Transactions * NodeCount; verified += verdicts.Length)
        {
            sodium.Verify(verdicts);
        }
    }
}
