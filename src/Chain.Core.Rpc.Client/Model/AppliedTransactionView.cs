namespace Chain.Core.Rpc.Client;

/// <summary>A transaction of a block with its receipt.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Receipt">What became of it; null where receipts are not kept.</param>
public sealed record AppliedTransactionView(TransactionView Transaction, ReceiptView? Receipt = null);
