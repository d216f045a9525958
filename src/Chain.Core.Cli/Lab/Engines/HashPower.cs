using Chain.Core.Consensus.ProofOfWork;
using Chain.Core.Machines;
using Chain.Core.Simulation;

namespace Chain.Core.Cli.Lab.Engines;

/// <summary>How long each node takes for so many hashes, where all together take a given time for a block's worth.</summary>
internal sealed class HashPower(IReadOnlyList<ulong> shares, ulong hashesPerBlock, TimeSpan spacing)
{
    private readonly ulong _whole = shares.Aggregate(0UL, static (sum, each) => sum + each);

    /// <summary>The charge of a search for a seal; null for other jobs. A node without hash power never gets there.</summary>
    public JobCharge? Charge(int node, Job job, JobResult result)
    {
        if (result is not NonceSearched searched)
        {
            return null;
        }

        UInt128 ticks = (UInt128)searched.Tried * (ulong)spacing.Ticks * _whole / ((UInt128)hashesPerBlock * shares[node]);
        return new JobCharge(new TimeSpan((long)UInt128.Min(ticks, (UInt128)TimeSpan.FromDays(36_500).Ticks)), OccupiesThread: false);
    }
}
