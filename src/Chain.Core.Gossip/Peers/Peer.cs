using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>One connection and what each part of the machine remembers of it.</summary>
internal sealed class Peer(PeerConnection connection, GossipOptions options, IdComparer comparer, Instant now)
{
    /// <summary>The <see cref="Slot"/> of a peer that is not ready.</summary>
    public const int NoSlot = -1;

    // Parts that nearly every message of the peer touches are values, so that they lie together.
    public PeerBudget Budget = new(options.Budgets, now);
    public PeerLiveness Liveness = new(now);
    public PeerChain Chain = new();

    private BlockMemory _blocks = new(options.Relay.KnownPerPeer, comparer);

    /// <summary>By itself, so that no peer has what it was sent forgotten by speaking of many blocks.</summary>
    private BlockMemory _served = new(options.Relay.KnownPerPeer, comparer);

    public PeerConnection Connection { get; } = connection;

    public ConnectionId Id => Connection.Id;

    public bool IsOutbound => Connection.Direction == ConnectionDirection.Outbound;

    /// <summary>The head that this node told in its hello.</summary>
    public BlockId ToldHead { get; init; }

    /// <summary>What the peer said of itself; null until it did.</summary>
    public PeerMessage.Hello? Hello { get; private set; }

    public bool IsReady => Hello is not null && !IsGone;

    /// <summary>Closed in this step; nothing may be sent to it any more.</summary>
    public bool IsGone { get; set; }

    /// <summary>So much waits to be sent that only what is urgent should follow.</summary>
    public bool IsCongested { get; set; }

    /// <summary>The address that this peer answers at; null where that is not sure.</summary>
    public AddressEntry? Address { get; set; }

    /// <summary>What <see cref="PeerMarks"/> call it, from its hello until it is gone.</summary>
    public int Slot { get; set; } = NoSlot;

    /// <summary>Blocks that the peer knows: it spoke of them, or was told.</summary>
    public MarkedBlocks Known => new(ref _blocks, BlockMark.Known);

    /// <summary>Blocks that the peer was sent.</summary>
    public MarkedBlocks Served => new(ref _served, BlockMark.Served);

    public PeerRelay Relay { get; } = new();

    public PeerFetch Fetch { get; } = new(options.Sync, now);

    public PeerServing Serving { get; } = new();

    public PeerCompact Compact { get; } = new();

    /// <summary>Whether this node and the peer both take compact blocks.</summary>
    public bool TakesCompact { get; private set; }

    /// <summary>Whether this node and the peer both tell what blocks change in the state.</summary>
    public bool GivesStateChanges =>
        (options.Capabilities & (Hello?.Capabilities ?? PeerCapabilities.None)).HasFlag(PeerCapabilities.StateChanges);

    /// <summary>
    /// Whether the peer is asked about a block that is not valid here, and has not answered: the next header on top of that block
    /// does not end the connection.
    /// </summary>
    public bool IsQuestioned { get; set; }

    /// <summary>The peer says what it is.</summary>
    public void TakeHello(PeerMessage.Hello hello)
    {
        Hello = hello;
        TakesCompact = options.Relay.Blocks != BlockRelay.Announce && hello.Capabilities.HasFlag(PeerCapabilities.CompactBlocks);
    }

    /// <summary>Remembers that the peer spoke of a block; false where it did before.</summary>
    public bool RememberSpokenOf(BlockId block) =>
        !_blocks.Add(block.Value, BlockMark.Known | BlockMark.SpokenOf).HasFlag(BlockMark.SpokenOf);

    /// <summary>Whether the peer was asked for headers or transactions, where it sends some.</summary>
    public bool Owes(PeerMessage message) => message switch
    {
        PeerMessage.Headers => Chain.OpenRequests > 0,
        PeerMessage.Transactions => Relay.Asked > 0 || Relay.LateAnswers > 0,
        _ => false,
    };
}
