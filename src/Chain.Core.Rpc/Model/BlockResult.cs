using System.ComponentModel;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>A block.</summary>
internal sealed record BlockResult(
    [property: Description("The header.")] HeaderResult Header,
    [property: Description("The length of the canonical block.")] int Bytes,
    [property: Description("How many transactions it has.")] int TransactionCount,
    [property: Description("The ids of the transactions, unless they are given whole.")] IReadOnlyList<TransactionId>? TransactionIds,
    [property: Description("The transactions with their receipts, where they were asked for.")] IReadOnlyList<AppliedTransaction>? Transactions);
