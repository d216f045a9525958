using Chain.Core.Crypto;

namespace Chain.Core.Consensus;

/// <summary>Who may vote, with how much stake. Empty for engines without validators.</summary>
/// <param name="Validators">In ascending order of their keys.</param>
public sealed record ValidatorSet(IReadOnlyList<Validator> Validators)
{
    /// <summary>No validators.</summary>
    public static ValidatorSet Empty { get; } = new([]);
}

/// <summary>One voter.</summary>
/// <param name="Scheme">The scheme of the key.</param>
/// <param name="PublicKey">The key, without its tag.</param>
/// <param name="Stake">Its weight in votes, greater than 0.</param>
public sealed record Validator(SignatureSchemeTag Scheme, ReadOnlyMemory<byte> PublicKey, ulong Stake);
