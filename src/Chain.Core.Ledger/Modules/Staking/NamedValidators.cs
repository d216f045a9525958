using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Who may vote in an epoch.</summary>
/// <param name="Epoch">The epoch in which they act.</param>
/// <param name="From">The first height of that epoch.</param>
/// <param name="Validators">Who they are, in ascending order of their keys.</param>
public sealed record NamedValidators(ulong Epoch, BlockHeight From, ValidatorSet Validators);
