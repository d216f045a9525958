using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>An event as it is on the wire.</summary>
internal sealed record ChainEventBody(string Kind, string Cursor, BlockHeight Height, BlockId Block, int Transactions = 0)
{
    public ChainEvent ToEvent() => new(
        Kind switch
        {
            "added" => ChainEventKind.Added,
            "removed" => ChainEventKind.Removed,
            "finalized" => ChainEventKind.Finalized,
            "lagged" => ChainEventKind.Lagged,
            _ => throw new RpcProtocolException($"No event is called '{Kind}'."),
        },
        Cursor,
        Height,
        Block,
        Transactions);
}
