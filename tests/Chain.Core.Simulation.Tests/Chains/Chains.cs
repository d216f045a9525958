using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfWork;

namespace Chain.Core.Simulation.Tests.Chains;

/// <summary>Chains that cost little to simulate.</summary>
internal static class Chains
{
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5);

    /// <summary>Proof of work of a few hundred hashes a block: a node tries 16 nonces in a virtual second.</summary>
    public static SimulatedChain ProofOfWork(
        ulong seed, NetworkModel? network = null, Func<SimulatedChainOptions, SimulatedChainOptions>? change = null, TimeSpan? spacing = null)
    {
        var consensus = new ProofOfWorkConsensus(new ProofOfWorkOptions
        {
            TargetSpacing = spacing ?? Spacing,
            TargetLimit = new CompactTarget(0x2000_FFFF),
            HalfLife = TimeSpan.FromSeconds(100),
            SliceNonces = 16,
            RebuildInterval = TimeSpan.FromSeconds(10),
        });
        return Create(consensus, seed, network, change);
    }

    /// <summary>The node that produces blocks seals at once.</summary>
    public static SimulatedChain Dev(
        ulong seed, DevOptions? options = null, Func<SimulatedChainOptions, SimulatedChainOptions>? change = null) =>
        Create(new DevConsensus(options), seed, null, change);

    private static SimulatedChain Create(
        IConsensusPlugin consensus, ulong seed, NetworkModel? network, Func<SimulatedChainOptions, SimulatedChainOptions>? change)
    {
        var options = new SimulatedChainOptions
        {
            Simulator = new SimulatorOptions
            {
                Seed = seed,
                Network = network ?? new NetworkModel(),
                JobDuration = static job => job is NonceSearchJob ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(1),
            },
        };
        return new SimulatedChain(consensus, change?.Invoke(options) ?? options);
    }

    public static TimeSpan Minutes(double count) => TimeSpan.FromMinutes(count);

    public static TimeSpan Seconds(double count) => TimeSpan.FromSeconds(count);
}
