using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>A block.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Bytes">The length of the canonical block.</param>
/// <param name="TransactionCount">How many transactions it has.</param>
/// <param name="TransactionIds">Their ids, unless they are given whole.</param>
/// <param name="Transactions">The transactions, where they were asked for.</param>
public sealed record BlockView(
    HeaderView Header,
    int Bytes,
    int TransactionCount,
    IReadOnlyList<TransactionId>? TransactionIds = null,
    IReadOnlyList<AppliedTransactionView>? Transactions = null);
