using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>One event, with where the chain stands after it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Height">The height of the block.</param>
/// <param name="Block">The block.</param>
/// <param name="Parent">The block before it.</param>
/// <param name="Time">The time of the block.</param>
/// <param name="Transactions">How many transactions the block has.</param>
/// <param name="After">Where a reader is who knows of this event.</param>
internal readonly record struct ChainEventEntry(
    ChainEventKind Kind, BlockHeight Height, BlockId Block, BlockId Parent, UnixTime Time, int Transactions, EventCursor After)
{
    public static ChainEventEntry Of(ChainEventKind kind, Block block, in EventCursor after) =>
        new(kind, block.Height, block.Id, block.Header.Parent, block.Header.Time, block.Transactions.Count, after);

    public ChainEventResult ToResult() => new(
        Kind switch
        {
            ChainEventKind.Added => "added",
            ChainEventKind.Removed => "removed",
            _ => "finalized",
        },
        After.ToString(),
        Height,
        Block,
        Parent,
        Time,
        Transactions);
}
