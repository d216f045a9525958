using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>What one node is, beside the chain that it follows. Immutable.</summary>
public sealed record FullNodeOptions
{
    /// <summary>Who this node is to its peers.</summary>
    public required PeerId Self { get; init; }

    /// <summary>Where this node takes connections, as peers are told.</summary>
    /// <value>Null by default: it takes none.</value>
    public PeerAddress? Listen { get; init; }

    /// <summary>Peers to start from.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<PeerAddress> Bootstrap { get; init; } = [];

    /// <summary>What the engine does beside following the chain.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>What one peer may fill of the block tree, and checkpoints.</summary>
    public BlockTreeLimits Tree { get; init; } = new();

    /// <summary>Changes to the gossip options of the chain, for example slots and budgets.</summary>
    /// <value>No change by default.</value>
    public Func<GossipOptions, GossipOptions> Gossip { get; init; } = options => options;

    /// <summary>Signs votes and proposals.</summary>
    /// <value>Null by default: the node signs nothing.</value>
    public ISigner? Signer { get; init; }

    /// <summary>Most bytes of blocks that are kept at hand.</summary>
    /// <value>64 MiB by default; must be positive.</value>
    public long BodyCacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many nodes of the state are kept in memory between blocks; one takes about 150 bytes.</summary>
    /// <value>400,000 by default, about 64 MB; 0 keeps none and reads all from the store.</value>
    public long MaxStateNodes { get; init; } = 400_000;

    /// <summary>Among how many jobs the signatures of a large block are divided, beside the one that executes it.</summary>
    /// <value>Two by default; must be positive. As many as there are threads for jobs is best.</value>
    public int SignatureLanes { get; init; } = 2;
}
