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
/// <param name="Divergence">Where that execution parts from the first one; null where they are the same or cannot be compared.</param>
/// <param name="Writer">The transaction that wrote the key; null where none did, or there is no key.</param>
public sealed record MismatchExplained(StateMismatch Mismatch, Hash256 Again, StateDivergence? Divergence, TransactionId? Writer) : JobResult
{
    /// <summary>Whether every execution here gives the same: then another node executes the block differently, and this one cannot tell where.</summary>
    public bool IsRepeatable => Again == Mismatch.StateRoot;
}
