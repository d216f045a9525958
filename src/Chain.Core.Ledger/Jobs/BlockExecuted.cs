using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What <see cref="ExecuteBlockJob"/> found.</summary>
/// <param name="Block">Which block.</param>
/// <param name="IsValid">Whether it keeps every rule of the ledger; its place in the chain is the consensus engine's affair.</param>
/// <param name="Reason">Which rule it breaks; empty where it is valid.</param>
/// <param name="Writes">The records of the state after the block and its receipts; empty for an invalid block.</param>
/// <param name="Receipts">What became of each transaction; empty for an invalid block.</param>
/// <param name="StateRoot">The root after the block; zero where it was not computed.</param>
/// <param name="Cost">What all transactions cost together.</param>
public sealed record BlockExecuted(
    BlockId Block,
    bool IsValid,
    string Reason,
    WriteBatch Writes,
    IReadOnlyList<Receipt> Receipts,
    Hash256 StateRoot,
    ulong Cost) : JobResult
{
    /// <summary>What came out here, where the header has another state root; null otherwise.</summary>
    public StateMismatch? Mismatch { get; init; }

    /// <summary>What is in memory of the state after the block, for the jobs that read it once <see cref="Writes"/> are applied.</summary>
    public ResidentState? Resident { get; init; }
}
