using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What <see cref="ExplainMismatchJob"/> found.</summary>
/// <param name="Mismatch">What was asked about.</param>
/// <param name="Again">
/// The root that another execution of the block gave here; the one of the mismatch where every execution gives the same, zero
/// where a transaction was not allowed this time.
/// </param>
/// <param name="Divergence">
/// Where the first execution here parts from the second one, or where all are the same from that of another node, if
/// <paramref name="Other"/> is <see cref="OtherChanges.Proven"/>; null where neither is known.
/// </param>
/// <param name="Writer">
/// The last transaction that changed the key when the block was executed here; null where none did, or there is no key.
/// </param>
/// <param name="Other">What is known of another node's execution; of no interest where that here gives another state each time.</param>
public sealed record MismatchExplained(
    StateMismatch Mismatch, Hash256 Again, StateDivergence? Divergence, TransactionId? Writer, OtherChanges Other) : JobResult
{
    /// <summary>Whether every execution here gives the same: then another node executes the block differently.</summary>
    public bool IsRepeatable => Again == Mismatch.StateRoot;

    /// <summary>
    /// Whether the block changed the key here. Where it did and <see cref="Writer"/> is null, a module did at the end of the block;
    /// where it did not, one of the block's transactions, or a module at its end, changed the key at the other node: which, no state tells.
    /// </summary>
    public bool IsWrittenHere { get; init; }
}
