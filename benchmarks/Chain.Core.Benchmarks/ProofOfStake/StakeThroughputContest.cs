using Chain.Core.Benchmarks.Network;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>Transfers through four validators with RocksDB, until every one of them has them in a final block.</summary>
internal static class StakeThroughputContest
{
    private static readonly TimeSpan BlockPause = TimeSpan.FromMilliseconds(50);

    public static Contest Prepare() => ThroughputContest.Prepare(
        new TransferLoad(Stakers.Engine(ThroughputContest.NodeCount, BlockPause)), firstProduces: false, Stakers.Vote, CountFinal);

    /// <summary>Counts the transactions of a node's blocks when they are final.</summary>
    private static void CountFinal(ChainNode node, Countdown final)
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
}
