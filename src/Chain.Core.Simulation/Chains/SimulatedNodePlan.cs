using Chain.Core.Consensus;
using Chain.Core.Machines;
using Chain.Core.Protocol;

namespace Chain.Core.Simulation;

/// <summary>What one node of a <see cref="SimulatedChain"/> is. Immutable.</summary>
public sealed record SimulatedNodePlan
{
    /// <summary>Its consensus, where it is not the very object that the others have; it must give the same genesis.</summary>
    /// <value>Null by default: that of the chain.</value>
    public IConsensusPlugin? Consensus { get; init; }

    /// <summary>Whether its engine makes blocks.</summary>
    public bool ProducesBlocks { get; init; }

    /// <summary>Its place in <see cref="NetworkModel.Regions"/>.</summary>
    public int Region { get; init; }

    /// <summary>The numbers of earlier nodes that it dials at first.</summary>
    /// <value>Null by default: the one before it, and some at random.</value>
    public IReadOnlyList<int>? Dials { get; init; }

    /// <summary>Changes to its options, beside those of <see cref="SimulatedChainOptions.Node"/>.</summary>
    public Func<FullNodeOptions, FullNodeOptions> Change { get; init; } = options => options;

    /// <summary>Puts something around its machine at every start, such as an adversary that is an <see cref="IFullNodeWrapper"/>.</summary>
    /// <value>Nothing by default.</value>
    public Func<SimulatedNode, FullNode, IMachine<HostInput>> Wrap { get; init; } = static (_, node) => node;
}
