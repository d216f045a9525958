using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>Makes engines for a chain. This is what a host is given.</summary>
public interface IConsensusPlugin
{
    /// <summary>A short name for people and data directories: <c>pow</c>, <c>pos</c>, <c>dev</c>.</summary>
    string Name { get; }

    /// <summary>The seal that the genesis header carries.</summary>
    ReadOnlyMemory<byte> GenesisSeal { get; }

    /// <summary>The checks alone, for those that hold headers only.</summary>
    IHeaderRules CreateRules(BlockHeader genesis);

    /// <summary>A new engine for the chain of <paramref name="genesis"/>.</summary>
    /// <param name="genesis">The genesis header.</param>
    /// <param name="tree">The chain service's tree, to read.</param>
    /// <param name="options">What this node does beside following the chain.</param>
    IConsensusEngine CreateEngine(BlockHeader genesis, IBlockTree tree, EngineOptions options);
}
