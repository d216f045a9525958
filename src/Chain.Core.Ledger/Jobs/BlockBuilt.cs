using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What <see cref="BuildBlockJob"/> made.</summary>
/// <param name="Transactions">Those that apply, in the order of the block.</param>
/// <param name="TransactionsRoot">Their root for the header.</param>
/// <param name="StateRoot">The state root for the header.</param>
/// <param name="Refused">The candidates that can never be in a block on this parent, with the reason; not those that only found no room.</param>
/// <param name="Cost">What all transactions cost together.</param>
public sealed record BlockBuilt(
    IReadOnlyList<Transaction> Transactions,
    Hash256 TransactionsRoot,
    Hash256 StateRoot,
    IReadOnlyList<(TransactionId Id, TransactionRefusal Reason)> Refused,
    ulong Cost) : JobResult;
