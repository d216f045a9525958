using System.ComponentModel;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>Where a transaction is.</summary>
internal sealed record TransactionStatusResult(
    [property: Description("Its id.")] TransactionId Id,
    [property: Description("pending, inBlock or finalized.")] string Status,
    [property: Description("The transaction.")] TransactionResult Transaction,
    [property: Description("The block that has it.")] BlockPlace? Block,
    [property: Description("Its place in the block, from 0.")] int? Position,
    [property: Description("What became of it.")] ReceiptResult? Receipt);
