namespace Chain.Core.Ledger;

/// <summary>The module that says who may vote. A chain has at most one.</summary>
public interface IValidatorModule
{
    /// <summary>
    /// The sets of validators that the state knows: from the epoch before the present one to the latest that is named.
    /// </summary>
    /// <param name="state">The state after some block.</param>
    /// <returns>In ascending order of their epochs.</returns>
    IReadOnlyList<NamedValidators> ValidatorsIn(IStateReader state);
}
