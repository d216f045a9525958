using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>What one node is, beside the chain that it follows. Immutable.</summary>
public sealed record FullNodeOptions
{
    /// <summary>The value of <see cref="StateWindow"/> where none is said.</summary>
    public const int DefaultStateWindow = 1024;

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

    /// <summary>What other nodes of the same chain on the same thread found out about headers: for simulations.</summary>
    /// <value>Null by default: the node judges each header itself.</value>
    public HeaderJudgements? Judgements { get; init; }

    /// <summary>Changes to the gossip options of the chain, for example slots and budgets.</summary>
    /// <value>No change by default.</value>
    public Func<GossipOptions, GossipOptions> Gossip { get; init; } = options => options;

    /// <summary>Signs votes and proposals.</summary>
    /// <value>Null by default: the node signs nothing.</value>
    public ISigner? Signer { get; init; }

    /// <summary>
    /// Whether the operator vouches that the signer's key has signed nothing that the store does not know of. Only then a
    /// store begins to sign with a key that it does not know: a lost store must not begin anew by itself.
    /// </summary>
    /// <value>False by default.</value>
    public bool SignerIsNew { get; init; }

    /// <summary>Keeps the signer's marks outside of the store, so that an old copy of the store cannot sign twice.</summary>
    /// <value>Null by default: an old copy is found out only by signatures that come back from the network.</value>
    public ISigningWitness? SigningWitness { get; init; }

    /// <summary>Proves randomness for the consensus engine.</summary>
    /// <value>Null by default: the node proves none.</value>
    public IRandomnessProver? Randomness { get; init; }

    /// <summary>What the node pays to report an offence, in the smallest unit of the coin; at least the chain's least fee is paid.</summary>
    /// <value>0 by default.</value>
    public ulong EvidenceFee { get; init; }

    /// <summary>Most bytes of blocks that are kept at hand.</summary>
    /// <value>64 MiB by default; must be positive.</value>
    public long BodyCacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many nodes of the state are kept in memory between blocks; one takes about 150 bytes.</summary>
    /// <value>400,000 by default, about 64 MB; 0 keeps none and reads all from the store.</value>
    public long MaxStateNodes { get; init; } = 400_000;

    /// <summary>
    /// How many blocks below the head keep their states: the deepest reorganisation that the node can follow, and the past
    /// that can be asked for. Where the engine makes blocks final, everything since the newest final one stays as well.
    /// </summary>
    /// <value>
    /// 1,024 by default; 0 keeps all states for ever. A window that is made smaller takes effect by and by; states that
    /// were deleted do not come back.
    /// </value>
    public int StateWindow { get; init; } = DefaultStateWindow;

    /// <summary>Whether the place of every transaction is kept, so that it can be asked for by its id.</summary>
    /// <value>
    /// False by default. Turned on for a store without an index, the node indexes the stored blocks beside its other work.
    /// </value>
    public bool IndexesTransactions { get; init; }

    /// <summary>Among how many jobs the signatures of a large block are divided, beside the one that executes it.</summary>
    /// <value>Two by default; must be positive. As many as there are threads for jobs is best.</value>
    public int SignatureLanes { get; init; } = 2;
}
