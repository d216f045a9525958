using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>Identifies an account: the tagged SHA-256 of its key's scheme tag and public key.</summary>
/// <param name="Value">The digest.</param>
public readonly record struct AccountAddress(Hash256 Value) : IComparable<AccountAddress>
{
    internal static readonly HashDomain Domain = new("chain-core/account/v1");

    /// <summary>The account that <paramref name="publicKey"/> controls.</summary>
    public static AccountAddress FromKey(SignatureSchemeTag scheme, ReadOnlySpan<byte> publicKey) =>
        new(Domain.Hash([(byte)scheme], publicKey));

    /// <inheritdoc/>
    public int CompareTo(AccountAddress other) => Value.CompareTo(other.Value);

    /// <summary>The first digits, for people to read.</summary>
    public override string ToString() => Value.ToShortString();

    /// <summary>Smaller as an unsigned big-endian number.</summary>
    public static bool operator <(AccountAddress left, AccountAddress right) => left.CompareTo(right) < 0;

    /// <summary>Greater as an unsigned big-endian number.</summary>
    public static bool operator >(AccountAddress left, AccountAddress right) => left.CompareTo(right) > 0;

    /// <summary>Smaller or equal as an unsigned big-endian number.</summary>
    public static bool operator <=(AccountAddress left, AccountAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Greater or equal as an unsigned big-endian number.</summary>
    public static bool operator >=(AccountAddress left, AccountAddress right) => left.CompareTo(right) >= 0;
}
