using System.ComponentModel;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>Something happened to the chain.</summary>
internal sealed record ChainEventResult(
    [property: Description("added, removed, finalized or lagged.")] string Kind,
    [property: Description("Where to go on after this event.")] string Cursor,
    [property: Description("The height of the block.")] BlockHeight Height,
    [property: Description("The block; for lagged the last one that was told of.")] BlockId Block,
    [property: Description("The block before it.")] BlockId? Parent,
    [property: Description("Its time in milliseconds since 1970-01-01 UTC.")] UnixTime? Time,
    [property: Description("How many transactions it has.")] int? Transactions);
