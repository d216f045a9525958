using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>Where a watched transaction is, as it is on the wire.</summary>
internal sealed record WatchEventBody(
    TransactionId Id, string Status, BlockPlace? Block = null, ReceiptView? Receipt = null, string? Code = null, string? Reason = null)
{
    public TransactionProgress ToProgress() => new(
        Id,
        Status switch
        {
            "pending" => TransactionStage.Pending,
            "inBlock" => TransactionStage.InBlock,
            "reorged" => TransactionStage.Reorged,
            "finalized" => TransactionStage.Finalized,
            "refused" => TransactionStage.Refused,
            _ => throw new RpcProtocolException($"No stage of a transaction is called '{Status}'."),
        },
        Block,
        Receipt,
        Code,
        Reason);
}
