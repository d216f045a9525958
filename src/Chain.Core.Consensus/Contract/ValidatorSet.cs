namespace Chain.Core.Consensus;

/// <summary>Who may vote, with how much stake. Empty for engines without validators.</summary>
/// <param name="Validators">In ascending order of their keys, as <see cref="Of"/> puts them.</param>
public sealed record ValidatorSet(IReadOnlyList<Validator> Validators)
{
    /// <summary>No validators.</summary>
    public static ValidatorSet Empty { get; } = new([]);

    /// <summary>The set of these validators, which may come in any order.</summary>
    public static ValidatorSet Of(IEnumerable<Validator> validators) =>
        new([.. validators.OrderBy(static validator => validator.Key, ValidatorKey.Order)]);
}
