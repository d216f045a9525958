using Chain.Core.Consensus;
using Chain.Core.Gossip;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>What a full node tells its host: for logs, metrics, callers that wait, and faces.</summary>
public abstract record NodeEvent : DomainEvent
{
    private protected NodeEvent()
    {
    }

    /// <summary>The node is at this head and takes inputs.</summary>
    /// <param name="Head">The head.</param>
    /// <param name="Recovered">How many blocks were read from the store, genesis not counted.</param>
    public sealed record Ready(BlockHeader Head, int Recovered) : NodeEvent;

    /// <summary>Whether the node signs for consensus; told after <see cref="Ready"/> where it has a key.</summary>
    /// <param name="Standing">Whether it signs, or why not.</param>
    /// <param name="StoreIsBehind">
    /// Whether the witness knows of signatures that the store does not, as is so after an old copy of the store was
    /// restored. The node does not sign at or below them.
    /// </param>
    public sealed record SignerJudged(SignerStanding Standing, bool StoreIsBehind) : NodeEvent;

    /// <summary>
    /// A signature of this node's key was seen that it has no mark of: another node holds the key, or an earlier store was
    /// lost. Nothing at or below it is signed from now on.
    /// </summary>
    public sealed record SignedElsewhere(byte Purpose, ulong Watermark) : NodeEvent;

    /// <summary>The node has handed in a transaction that reports an offence against consensus.</summary>
    public sealed record EvidenceReported(TransactionId Transaction) : NodeEvent;

    /// <summary>A block was executed and stored; it need not be on the head's chain.</summary>
    public sealed record BlockStored(Block Block, IReadOnlyList<Receipt> Receipts) : NodeEvent;

    /// <summary>A block was found to be invalid.</summary>
    public sealed record BlockRefused(BlockId Block, string Reason) : NodeEvent;

    /// <summary>
    /// A block was refused because its header has another state root than came out here, and this is what the node found of
    /// the reason, by executing it again and by asking a peer what it changes there. Told after <see cref="BlockRefused"/>, some seconds
    /// where the peer is slow; where several blocks are refused at once, of one of them. What came out here is stored: see
    /// <see cref="ChainRecords.ReadMismatches"/>.
    /// </summary>
    public sealed record StateDiverged(MismatchExplained Found) : NodeEvent;

    /// <summary>
    /// A branch was not judged, because it leaves the chain at a block whose state is no longer kept: see
    /// <see cref="FullNodeOptions.StateWindow"/>. Where the branch is the right one, the node must sync anew.
    /// </summary>
    /// <param name="Block">The lowest block of the branch that is not judged.</param>
    /// <param name="Tip">The block that was to be judged.</param>
    public sealed record BranchOutOfReach(BlockHeader Block, BlockHeader Tip) : NodeEvent;

    /// <summary>The head moved.</summary>
    /// <param name="Head">The new head.</param>
    /// <param name="Unapplied">Blocks that are undone, newest first; more than none is a reorganisation.</param>
    /// <param name="Applied">Blocks that are done, oldest first.</param>
    public sealed record HeadMoved(
        BlockHeader Head, IReadOnlyList<Block> Unapplied, IReadOnlyList<Block> Applied) : NodeEvent;

    /// <summary>A block and its ancestors can never be undone.</summary>
    public sealed record BlockFinalized(BlockId Block, ReadOnlyMemory<byte> Certificate) : NodeEvent;

    /// <summary>A transaction is in the mempool.</summary>
    public sealed record TransactionAdmitted(TransactionId Id) : NodeEvent;

    /// <summary>
    /// The transactions that waited when the node last ran were read from the store; each is checked anew, and admitted or
    /// refused like any other.
    /// </summary>
    /// <param name="Read">How many there are.</param>
    /// <param name="Damaged">How many records were no transactions. They are deleted.</param>
    public sealed record PoolRead(int Read, int Damaged) : NodeEvent;

    /// <summary>A transaction was not taken.</summary>
    public sealed record TransactionRefused(TransactionId Id, string Reason) : NodeEvent;

    /// <summary>What the gossip machine tells: peers that come and go, progress of a sync, misbehaviour.</summary>
    public sealed record Peers(GossipEvent Event) : NodeEvent;

    /// <summary>What the engine did or saw.</summary>
    public sealed record Activity(ConsensusActivity What) : NodeEvent;
}
