using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>Where a transaction is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status"><c>pending</c>, <c>inBlock</c> or <c>finalized</c>.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="Block">The block that has it; null while it waits.</param>
/// <param name="Position">Its place in the block, from 0.</param>
/// <param name="Receipt">What became of it; null while it waits.</param>
public sealed record TransactionStatusView(
    TransactionId Id,
    string Status,
    TransactionView Transaction,
    BlockPlace? Block = null,
    int? Position = null,
    ReceiptView? Receipt = null);
