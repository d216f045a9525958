using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>Where a transaction is now.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="Block">The block that has it, or that had it until a reorganisation.</param>
/// <param name="Receipt">What became of it, once a block has it.</param>
/// <param name="Code">Why it was refused, as a stable code.</param>
/// <param name="Reason">Why it was refused, in a word.</param>
public sealed record TransactionProgress(
    TransactionId Id, TransactionStage Stage, BlockPlace? Block, ReceiptView? Receipt, string? Code, string? Reason)
{
    /// <summary>Whether nothing follows.</summary>
    public bool IsLast => Stage is TransactionStage.Finalized or TransactionStage.Refused;

    /// <inheritdoc/>
    public override string ToString() => Stage switch
    {
        TransactionStage.InBlock or TransactionStage.Reorged => $"{Stage} #{Block?.Height}",
        TransactionStage.Refused => $"{Stage}: {Reason} ({Code})",
        _ => Stage.ToString(),
    };
}
