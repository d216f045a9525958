using System.ComponentModel;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>Where a watched transaction is now.</summary>
internal sealed record TransactionEventResult(
    [property: Description("The transaction.")] TransactionId Id,
    [property: Description("pending, inBlock, reorged, finalized or refused.")] string Status,
    [property: Description("The block that has it; for reorged the one that had it.")] BlockPlace? Block,
    [property: Description("What became of it.")] ReceiptResult? Receipt,
    [property: Description("Why it was refused, as a code.")] string? Code,
    [property: Description("Why it was refused.")] string? Reason);
