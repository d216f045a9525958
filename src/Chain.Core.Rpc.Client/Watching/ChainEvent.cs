using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>Something that happened to the chain.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Cursor">Where to go on after this event, also another day, or on another node of the chain.</param>
/// <param name="Height">The height of the block.</param>
/// <param name="Block">The block; for <see cref="ChainEventKind.Lagged"/> the last that the reader was told of.</param>
/// <param name="Transactions">How many transactions the block has.</param>
public sealed record ChainEvent(ChainEventKind Kind, string Cursor, BlockHeight Height, BlockId Block, int Transactions)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} #{Height}";
}
