using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Consensus.ProofOfStake.Tests;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>
/// Seven engines over links of one delay, without faults: what a block takes, in simulated time. Disks take a millisecond
/// for each record and execution one for each block.
/// </summary>
internal static class SimulatedDelays
{
    private const int Validators = 7;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Processing = TimeSpan.FromMilliseconds(1);

    /// <summary>From the moment a block is sealed to the one at which the last node knows that it is final.</summary>
    public static Contest PrepareFinality()
    {
        StakeNetwork network = Run();
        TimeSpan longest = TimeSpan.Zero;
        foreach (StakeNode node in network.Nodes)
        {
            foreach ((BlockId block, _, _, Instant at) in node.Finalized)
            {
                TimeSpan took = at - network.Nodes.SelectMany(other => other.Sealed).Single(seal => seal.Block == block).At;
                longest = took > longest ? took : longest;
            }
        }

        return Contest.OfSizes(longest.TotalSeconds, (3 * Delay).TotalSeconds, () => FindMistake(network));
    }

    /// <summary>From one block to the next, on average.</summary>
    public static Contest PrepareBlockTime()
    {
        StakeNetwork network = Run();
        Instant[] times = [.. network.Nodes.SelectMany(node => node.Sealed).Select(seal => seal.At).Order()];
        TimeSpan mean = (times[^1] - times[0]) / (times.Length - 1);
        return Contest.OfSizes(mean.TotalSeconds, (2 * Delay).TotalSeconds, () => FindMistake(network));
    }

    private static StakeNetwork Run()
    {
        var options = new ProofOfStakeOptions { Validators = TestKeys.Equal(Validators) };
        StakeNetwork network = new StakeNetwork(options) { Disk = Processing, Execution = Processing }.StartAll();
        network.RunFor(TimeSpan.FromSeconds(30));
        return network;
    }

    private static string? FindMistake(StakeNetwork network) => network.Forks.Count > 0 ? network.Forks[0]
        : network.Nodes.All(node => node.Finalized.Count > 100) ? null
        : "fewer than 100 blocks became final";
}
