using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>Transactions that wait.</summary>
internal sealed record MempoolListResult(
    [property: Description("How many wait altogether.")] int Count,
    [property: Description("The earliest of them.")] IReadOnlyList<TransactionResult> Transactions);
