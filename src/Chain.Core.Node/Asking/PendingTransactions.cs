using Chain.Core.Wire;

namespace Chain.Core;

/// <summary>The mempool at one moment.</summary>
/// <param name="Count">How many transactions wait.</param>
/// <param name="Bytes">What they count against the limit of the mempool, in bytes.</param>
/// <param name="Transactions">The earliest of them, as many as were asked for.</param>
public sealed record PendingTransactions(int Count, long Bytes, IReadOnlyList<Transaction> Transactions);
