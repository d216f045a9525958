using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>What <see cref="GossipMachine"/> hands up, through <see cref="IEffects.Emit"/>.</summary>
public abstract record GossipEvent : DomainEvent
{
    private protected GossipEvent()
    {
    }

    /// <summary>Both hellos were exchanged and fit.</summary>
    /// <param name="Connection">The connection.</param>
    /// <param name="Hello">What the peer said of itself.</param>
    /// <param name="Version">The protocol version that both use.</param>
    public sealed record PeerReady(PeerConnection Connection, PeerMessage.Hello Hello, uint Version) : GossipEvent;

    /// <summary>A peer that was ready is connected no more; nothing of it follows.</summary>
    public sealed record PeerGone(PeerConnection Connection, string Reason) : GossipEvent;

    /// <summary>
    /// Headers in ascending order, each the parent of the next, announced or asked for. The host answers each with
    /// <see cref="GossipInput.HeadersJudged"/>.
    /// </summary>
    public sealed record HeadersReceived(ConnectionId Connection, IReadOnlyList<BlockHeader> Headers) : GossipEvent;

    /// <summary>
    /// The body of a wanted block; its transactions are those of the header's root. The host answers with
    /// <see cref="GossipInput.BlockAccepted"/> or <see cref="GossipInput.BlockRefused"/>.
    /// </summary>
    public sealed record BlockReceived(ConnectionId Connection, Block Block) : GossipEvent;

    /// <summary>
    /// Transactions that were asked for, each handed up once. The host answers with
    /// <see cref="GossipInput.TransactionsAdmitted"/> and <see cref="GossipInput.TransactionRefused"/>.
    /// </summary>
    public sealed record TransactionsReceived(ConnectionId Connection, IReadOnlyList<Transaction> Transactions) : GossipEvent;

    /// <summary>A message for the consensus engine.</summary>
    public sealed record ConsensusReceived(ConnectionId Connection, PeerId Peer, ReadOnlyMemory<byte> Payload) : GossipEvent;

    /// <summary>
    /// A peer asks for whole blocks that <see cref="IChainView.HasBlock"/>; the host loads them and answers with
    /// <see cref="GossipInput.BlocksLoaded"/>. A peer has at most one such question open.
    /// </summary>
    public sealed record BlocksRequested(ConnectionId Connection, IReadOnlyList<BlockId> Ids) : GossipEvent;

    /// <summary>
    /// A peer asks what a block changed that <see cref="IChainView.HasBlock"/>; the host answers with
    /// <see cref="GossipInput.StateChangesLoaded"/>. There are few of these in a minute.
    /// </summary>
    public sealed record StateChangesRequested(ConnectionId Connection, BlockId Block) : GossipEvent;

    /// <summary>What came of a <see cref="GossipInput.BlockRefused"/> with <see cref="GossipInput.BlockRefused.WantsChanges"/>; told once.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Asked">The peer that was asked, which may be gone; null where none was.</param>
    /// <param name="Answer">Its answer, which nobody has checked; null where there was none in time.</param>
    public sealed record StateChangesAnswered(BlockId Block, ConnectionId? Asked, PeerMessage.StateChanges? Answer) : GossipEvent;

    /// <summary>How far the catch-up is.</summary>
    /// <param name="Head">The height of the head.</param>
    /// <param name="Headers">The greatest height of a header that was accepted.</param>
    /// <param name="Target">The greatest height that a connected peer claims; a claim, not a proof.</param>
    /// <param name="BodiesWanted">Bodies that are still to be fetched, those asked for included.</param>
    /// <param name="BodiesAsked">Bodies that a peer has been asked for.</param>
    public sealed record SyncProgress(
        BlockHeight Head, BlockHeight Headers, BlockHeight Target, int BodiesWanted, int BodiesAsked) : GossipEvent;

    /// <summary>A peer did what no correct peer does.</summary>
    /// <param name="Connection">The connection.</param>
    /// <param name="Cause">What it did.</param>
    /// <param name="Score">Its points after that.</param>
    /// <param name="Consequence">What came of it.</param>
    public sealed record PeerMisbehaved(
        PeerConnection Connection, Misbehaviour Cause, int Score, Consequence Consequence) : GossipEvent;
}
