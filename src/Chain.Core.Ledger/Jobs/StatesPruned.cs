using Chain.Core.Machines;

namespace Chain.Core.Ledger;

/// <summary>What <see cref="PruneStatesJob"/> found.</summary>
/// <param name="Writes">What to delete. Until it is applied the same job finds the same again.</param>
/// <param name="Base">
/// The place in the chain of the oldest state that is left, which is stored whole; what comes before it is gone once
/// <paramref name="IsDone"/>.
/// </param>
/// <param name="IsDone">Whether nothing before <paramref name="Base"/> is left to delete.</param>
public sealed record StatesPruned(WriteBatch Writes, int Base, bool IsDone) : JobResult;
