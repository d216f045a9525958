using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>What <see cref="GossipMachine"/> is told: by the host's drivers, and by the chain above it.</summary>
public abstract record GossipInput
{
    private protected GossipInput()
    {
    }

    /// <summary>The first input, once.</summary>
    /// <param name="Listen">Where this node takes connections, as peers are told; null where it takes none.</param>
    /// <param name="Bootstrap">Addresses to start from; never forgotten.</param>
    /// <param name="Head">The id of the head.</param>
    /// <param name="HeadHeight">Its height.</param>
    /// <param name="Locator">Ids of the head's chain, newest first, thinning out towards genesis.</param>
    public sealed record Started(
        PeerAddress? Listen,
        IReadOnlyList<PeerAddress> Bootstrap,
        BlockId Head,
        BlockHeight HeadHeight,
        IReadOnlyList<BlockId> Locator) : GossipInput;

    /// <summary>A connection is open and its handshake done.</summary>
    public sealed record Connected(PeerConnection Connection) : GossipInput;

    /// <summary>An address that was dialled did not answer.</summary>
    public sealed record DialFailed(PeerAddress Address) : GossipInput;

    /// <summary>A connection ended without this machine closing it.</summary>
    public sealed record Disconnected(ConnectionId Connection, string Reason) : GossipInput;

    /// <summary>A peer sent a message; its bytes are anybody's, its form was checked by the decoder.</summary>
    public sealed record Received(ConnectionId Connection, PeerMessage Message) : GossipInput;

    /// <summary>Much waits to be sent on the connection: until it is drained, only what is urgent is sent there.</summary>
    public sealed record Congested(ConnectionId Connection) : GossipInput;

    /// <summary>Little waits to be sent on the connection any more.</summary>
    public sealed record Drained(ConnectionId Connection) : GossipInput;

    /// <summary>A timer of this machine is due.</summary>
    public sealed record TimerFired(TimerKey Key) : GossipInput;

    /// <summary>This node made the block: some peers are sent it whole, before anybody has judged it.</summary>
    public sealed record BlockMade(Block Block) : GossipInput;

    /// <summary>The chain's head is another block now.</summary>
    /// <param name="Head">The header of the head.</param>
    /// <param name="Locator">Ids of its chain, newest first, thinning out towards genesis.</param>
    /// <param name="Announce">Headers of the new part of the chain, ascending and ending with <paramref name="Head"/>; the last few are enough. Empty to stay silent.</param>
    public sealed record HeadChanged(
        BlockHeader Head, IReadOnlyList<BlockId> Locator, IReadOnlyList<BlockHeader> Announce) : GossipInput;

    /// <summary>
    /// Transactions are in the pool now and can be served: they are announced to peers that lack them. Best all that
    /// one step admitted, whoever delivered them.
    /// </summary>
    public sealed record TransactionsAdmitted(IReadOnlyList<TransactionId> Ids) : GossipInput;

    /// <summary>A transaction of <see cref="GossipEvent.TransactionsReceived"/> was not taken.</summary>
    /// <param name="Id">The transaction; it is not asked for again for a while.</param>
    /// <param name="Origin">Who delivered it, or null for this node's own.</param>
    /// <param name="Cause"><see cref="Misbehaviour.None"/> where a correct peer may have sent it.</param>
    public sealed record TransactionRefused(TransactionId Id, ConnectionId? Origin, Misbehaviour Cause) : GossipInput;

    /// <summary>The answer to one <see cref="GossipEvent.HeadersReceived"/>; answers come in the order of the events.</summary>
    /// <param name="Connection">Who sent the headers.</param>
    /// <param name="Verdict">What came of them.</param>
    /// <param name="Added">How many of them the block tree did not have before.</param>
    public sealed record HeadersJudged(ConnectionId Connection, HeadersVerdict Verdict, int Added) : GossipInput;

    /// <summary>Bodies to fetch, the most urgent first; those wanted already are left as they are.</summary>
    /// <param name="Blocks">
    /// What to fetch. Beyond <see cref="SyncOptions.MaxWantedBlocks"/> in all, the rest is not taken: say it again when blocks came.
    /// </param>
    /// <param name="Sources">Connections that are known to have them; others are asked too when they say that their head is high enough.</param>
    public sealed record NeedBlocks(IReadOnlyList<WantedBlock> Blocks, IReadOnlyList<ConnectionId> Sources) : GossipInput;

    /// <summary>A block is in the chain's store, from whatever source: nobody is asked for it any more.</summary>
    public sealed record BlockAccepted(BlockId Id) : GossipInput;

    /// <summary>A block is not valid or not wanted: nobody is asked for it any more.</summary>
    /// <param name="Id">The block.</param>
    /// <param name="Origin">Who delivered it, where that peer is to answer for it.</param>
    /// <param name="Cause"><see cref="Misbehaviour.None"/> where a correct peer may have sent it.</param>
    public sealed record BlockRefused(BlockId Id, ConnectionId? Origin, Misbehaviour Cause) : GossipInput
    {
        /// <summary>
        /// Whether a peer that holds the block for valid is to be asked what it changed, best <see cref="Origin"/>, which is then blamed
        /// once it has answered or had its time. Answered by <see cref="GossipEvent.StateChangesAnswered"/>.
        /// </summary>
        public bool WantsChanges { get; init; }
    }

    /// <summary>The answer to <see cref="GossipEvent.StateChangesRequested"/>.</summary>
    /// <param name="Connection">Who asked.</param>
    /// <param name="Changes">What it is sent.</param>
    public sealed record StateChangesLoaded(ConnectionId Connection, PeerMessage.StateChanges Changes) : GossipInput;

    /// <summary>
    /// The answer to <see cref="GossipEvent.BlocksRequested"/>. What is in neither list is asked for again: a host
    /// may stop after so many bytes.
    /// </summary>
    /// <param name="Connection">Who asked.</param>
    /// <param name="Blocks">What was found, in the order of the request.</param>
    /// <param name="Missing">What was not.</param>
    public sealed record BlocksLoaded(
        ConnectionId Connection, IReadOnlyList<Block> Blocks, IReadOnlyList<BlockId> Missing) : GossipInput;

    /// <summary>Sends a message of the consensus engine to every peer.</summary>
    public sealed record BroadcastConsensus(ReadOnlyMemory<byte> Payload) : GossipInput;

    /// <summary>Sends a message of the consensus engine to one peer.</summary>
    public sealed record SendConsensus(ConnectionId Connection, ReadOnlyMemory<byte> Payload) : GossipInput;

    /// <summary>A peer did what no correct peer does, seen outside of this machine.</summary>
    public sealed record ReportPeer(ConnectionId Connection, Misbehaviour Cause) : GossipInput;
}
