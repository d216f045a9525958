using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// A module whose state says who votes. The host reads it at the borders of epochs and tells the consensus engine,
/// which never sees the state. A chain has at most one such module.
/// </summary>
public interface IValidatorSource
{
    /// <summary>
    /// Whether the state after a block of this height names the validators anew: whether the height is the border of an
    /// epoch. Genesis always does and is not asked about. A function of the height alone.
    /// </summary>
    bool NamesValidators(BlockHeight height);

    /// <summary>The validators that the state after genesis or after a border names.</summary>
    ValidatorSet ValidatorsOf(IStateReader state);
}
