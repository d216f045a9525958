using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>A transaction of a block with its receipt.</summary>
internal sealed record AppliedTransaction(
    [property: Description("The transaction.")] TransactionResult Transaction,
    [property: Description("What became of it; absent where receipts are not kept.")] ReceiptResult? Receipt);
