using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What happens to a mempool.</summary>
public abstract record MempoolInput
{
    private protected MempoolInput()
    {
    }

    /// <summary>Somebody offers transactions.</summary>
    /// <param name="Transactions">Decoded; nothing else is checked.</param>
    /// <param name="Origin">The peer that sent them, or null for this node's own user.</param>
    public sealed record Submitted(IReadOnlyList<Transaction> Transactions, ConnectionId? Origin) : MempoolInput;

    /// <summary>A job that the mempool offloaded is done.</summary>
    public sealed record JobFinished(JobId Job, JobResult Result) : MempoolInput;

    /// <summary>The head moved, or is known for the first time. Its state is in the store.</summary>
    /// <param name="Height">Height of the new head.</param>
    /// <param name="StateRoot">The state after the new head.</param>
    /// <param name="Applied">Blocks that are on the chain now and were not, oldest first.</param>
    /// <param name="Unapplied">Blocks that were on the chain and are not now, in any order; their transactions come back.</param>
    public sealed record HeadChanged(
        BlockHeight Height, Hash256 StateRoot, IReadOnlyList<Block> Applied, IReadOnlyList<Block> Unapplied) : MempoolInput;

    /// <summary>
    /// Everything is forgotten: what waits, what is being checked, and which transactions were in blocks. The chain went back
    /// on its operator's command.
    /// </summary>
    public sealed record Emptied : MempoolInput;

    /// <summary>The building of a block found candidates that can never be in one: see <see cref="BlockBuilt.Refused"/>.</summary>
    /// <param name="StateRoot">The state that the block was built on; a result about another state than the head's is ignored.</param>
    /// <param name="Refused">Which transactions, and why.</param>
    public sealed record CandidatesRefused(
        Hash256 StateRoot, IReadOnlyList<(TransactionId Id, TransactionRefusal Reason)> Refused) : MempoolInput;

    /// <summary>The node stops: what waits is written to the store, durably. The last input.</summary>
    public sealed record Stopping : MempoolInput;

    /// <summary>A timer of the mempool fired.</summary>
    public sealed record TimerFired(TimerKey Key) : MempoolInput;
}
