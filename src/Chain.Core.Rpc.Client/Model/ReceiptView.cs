namespace Chain.Core.Rpc.Client;

/// <summary>What became of a transaction.</summary>
/// <param name="Status"><c>applied</c>, <c>failed</c>, <c>unknownCall</c>, <c>badArguments</c> or <c>costExceeded</c>.</param>
/// <param name="Reason">Why it failed; empty where it did not.</param>
/// <param name="Fee">What the sender paid.</param>
/// <param name="Cost">What it counted against the budget of the block.</param>
/// <param name="Events">What the modules told.</param>
public sealed record ReceiptView(string Status, string Reason, ulong Fee, ulong Cost, IReadOnlyList<LedgerEventView> Events)
{
    /// <summary>Whether its call did what it says.</summary>
    public bool IsApplied => Status == "applied";
}
