using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary><c>mempool_v1_*</c>: transactions that wait.</summary>
internal static class MempoolMethods
{
    private const int MaxListed = 1000;
    private const int ListCost = 10;

    public static IEnumerable<RpcMethod> Of(RpcServices services)
    {
        ChainNode node = services.Node;
        RpcParameter<int> limit = RpcParameter.Optional("limit", ParameterKinds.Integer(1, MaxListed), 100, "Most transactions to list.");
        return
        [
            RpcMethod.Create(
                "mempool_v1_status",
                "How full the mempool is.",
                [],
                RpcJson.Default.MempoolStatusResult,
                async (_, _, cancellation) => await ReadStatusAsync(node, cancellation).ConfigureAwait(false)),
            RpcMethod.Create(
                "mempool_v1_list",
                "Transactions that wait, the earliest first.",
                [limit],
                RpcJson.Default.MempoolListResult,
                async (_, arguments, cancellation) => await ReadListAsync(node, arguments.Get(limit), cancellation).ConfigureAwait(false),
                cost: ListCost),
            Get(node),
        ];
    }

    private static RpcMethod Get(ChainNode node)
    {
        RpcParameter<TransactionId> id = RpcParameter.Required("id", ParameterKinds.TransactionId, "Which transaction.");
        return RpcMethod.Create(
            "mempool_v1_get",
            "A transaction that waits.",
            [id],
            RpcJson.Default.TransactionResult,
            async (_, arguments, cancellation) =>
                await node.FindPendingAsync(arguments.Get(id), cancellation).ConfigureAwait(false) is { } found
                    ? Results.Transaction(found)
                    : (RpcResult<TransactionResult>)ErrorKinds.TransactionNotFound);
    }

    private static async ValueTask<RpcResult<MempoolStatusResult>> ReadStatusAsync(ChainNode node, CancellationToken cancellation)
    {
        PendingTransactions pool = await node.ReadPendingAsync(0, cancellation).ConfigureAwait(false);
        return new MempoolStatusResult(pool.Count, (ulong)pool.Bytes, (ulong)node.Chain.Mempool.MaxBytes);
    }

    private static async ValueTask<RpcResult<MempoolListResult>> ReadListAsync(ChainNode node, int limit, CancellationToken cancellation)
    {
        PendingTransactions pool = await node.ReadPendingAsync(limit, cancellation).ConfigureAwait(false);
        return new MempoolListResult(pool.Count, [.. pool.Transactions.Select(Results.Transaction)]);
    }
}
