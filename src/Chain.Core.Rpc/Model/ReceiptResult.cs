using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>What became of a transaction.</summary>
internal sealed record ReceiptResult(
    [property: Description("applied, failed, unknownCall, badArguments or costExceeded.")] string Status,
    [property: Description("Why it failed; empty where it did not.")] string Reason,
    [property: Description("What the sender paid.")] ulong Fee,
    [property: Description("What it counted against the budget of the block.")] ulong Cost,
    [property: Description("What the modules told.")] IReadOnlyList<EventResult> Events);
