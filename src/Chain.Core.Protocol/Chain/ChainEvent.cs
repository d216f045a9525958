using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>What the chain service tells the parts around it.</summary>
internal abstract record ChainEvent : DomainEvent
{
    private ChainEvent()
    {
    }

    /// <summary>A header passed every check and is in the tree.</summary>
    internal sealed record HeaderAdded(BlockHeader Header) : ChainEvent;

    /// <summary>All bodies that execution waits for, those of the heaviest branch first, lowest first.</summary>
    internal sealed record BodiesMissing(List<BlockTreeNode> Blocks) : ChainEvent;

    /// <summary>Bodies that were missing and that nothing waits for any longer.</summary>
    internal sealed record BodiesUnwanted(IReadOnlyList<BlockId> Blocks) : ChainEvent;

    /// <summary>A block that somebody asked about was judged.</summary>
    internal sealed record Judged(BlockId Block, BlockVerdict Verdict) : ChainEvent;

    /// <summary>A block that is neither in the tree nor in the store is wanted.</summary>
    internal sealed record BlockUnknown(BlockId Block, ConnectionId? From) : ChainEvent;

    /// <summary>The state after a block that is valid names these validators; told before the verdict.</summary>
    internal sealed record ValidatorsNamed(BlockId Block, ValidatorSet Validators) : ChainEvent;

    /// <summary>A block was executed, is valid and stored.</summary>
    internal sealed record Stored(Block Block, IReadOnlyList<Receipt> Receipts) : ChainEvent;

    /// <summary>A block is not valid.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Reason">Which rule it breaks.</param>
    /// <param name="Origin">Who delivered it.</param>
    /// <param name="WantsChanges">Whether the service waits for what the block changes elsewhere; see <see cref="ChainService.Explain"/>.</param>
    internal sealed record Refused(BlockId Block, string Reason, ConnectionId? Origin, bool WantsChanges) : ChainEvent;

    /// <summary>What is known of the reason why a block's state root is not what came out here.</summary>
    /// <param name="What">What is known.</param>
    /// <param name="Asked">The peer that was asked what the block changes at its own, if any.</param>
    internal sealed record MismatchExplained(Ledger.MismatchExplained What, ConnectionId? Asked) : ChainEvent;

    /// <summary>A branch that is to be judged leaves the chain below the states that are left: it cannot be executed.</summary>
    /// <param name="Block">Its lowest block without a verdict.</param>
    /// <param name="Tip">The block that was to be judged.</param>
    internal sealed record OutOfReach(BlockHeader Block, BlockHeader Tip) : ChainEvent;

    /// <summary>The head moved, and the bodies of both sides are at hand.</summary>
    /// <param name="Head">The new head.</param>
    /// <param name="Unapplied">Blocks that are undone, newest first.</param>
    /// <param name="Applied">Blocks that are done, oldest first.</param>
    /// <param name="IsRewind">Whether the chain went back on command: what was undone is not to come back.</param>
    internal sealed record HeadMoved(
        BlockHeader Head, IReadOnlyList<Block> Unapplied, IReadOnlyList<Block> Applied, bool IsRewind) : ChainEvent;

    /// <summary>The building of a block on this state found candidates that can never be in one.</summary>
    internal sealed record CandidatesRefused(
        Hash256 StateRoot, IReadOnlyList<(TransactionId Id, TransactionRefusal Reason)> Candidates) : ChainEvent;

    /// <summary>A block lacks only its seal.</summary>
    internal sealed record ProposalReady(ulong Proposal, HeaderFields Fields) : ChainEvent;
}
