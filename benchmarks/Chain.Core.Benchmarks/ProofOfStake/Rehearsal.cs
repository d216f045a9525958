using Chain.Core.Benchmarks.Network;
using Chain.Core.Protocol;
using Chain.Core.Storage.RocksDb;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>
/// Some hundred blocks of another chain by four validators within this process: the runtime compiles for the last time what was called
/// some hundred times, which a validator that makes three blocks a second has after minutes.
/// </summary>
internal static class Rehearsal
{
    private const int Blocks = 600;
    private const int Accounts = 256;

    private static readonly TimeSpan BlockPause = TimeSpan.FromMilliseconds(5);

    public static async Task RunAsync(string folder)
    {
        var load = new TransferLoad(Stakers.Engine(ThroughputContest.NodeCount, BlockPause), Accounts);
        Nodes nodes = Nodes.Start(
            load.Chain,
            ThroughputContest.NodeCount,
            ThroughputContest.NodeCount,
            firstProduces: false,
            i => RocksDbStore.Open(Path.Combine(folder, $"rehearsal-{i}"), new RocksDbStoreOptions()),
            Stakers.Vote);
        var rehearsed = new Countdown();
        rehearsed.Expect(Blocks * ThroughputContest.NodeCount);
        foreach (ChainNode node in nodes.All)
        {
            node.Subscribe(happened =>
            {
                if (happened is NodeEvent.BlockFinalized)
                {
                    rehearsed.Add(1);
                }
            });
        }

        for (int i = 0; i < Accounts; i++)
        {
            await nodes.All[0].SubmitAsync(load.Take(1)[0]);
            await Task.Delay(20);
        }

        rehearsed.Wait();
        foreach (ChainNode node in nodes.All)
        {
            await node.DisposeAsync();
        }
    }
}
