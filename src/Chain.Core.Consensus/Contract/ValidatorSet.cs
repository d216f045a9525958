namespace Chain.Core.Consensus;

/// <summary>Who may vote, with how much stake. Empty for engines without validators.</summary>
/// <param name="Validators">In ascending order of their keys.</param>
public sealed record ValidatorSet(IReadOnlyList<Validator> Validators)
{
    /// <summary>No validators.</summary>
    public static ValidatorSet Empty { get; } = new([]);
}
