using Chain.Core.Crypto;

namespace Chain.Core.Consensus;

/// <summary>The public key of a voter.</summary>
/// <param name="Scheme">The scheme of the key.</param>
/// <param name="PublicKey">The key, without its tag.</param>
public sealed record ValidatorKey(SignatureSchemeTag Scheme, ReadOnlyMemory<byte> PublicKey)
{
    /// <summary>The order of keys in a <see cref="ValidatorSet"/>: by scheme, then by bytes.</summary>
    public static IComparer<ValidatorKey> Order { get; } = Comparer<ValidatorKey>.Create(static (one, other) =>
        one.Scheme != other.Scheme
            ? one.Scheme.CompareTo(other.Scheme)
            : one.PublicKey.Span.SequenceCompareTo(other.PublicKey.Span));

    /// <summary>Equal in scheme and bytes.</summary>
    public bool Equals(ValidatorKey? other) =>
        other is not null && Scheme == other.Scheme && PublicKey.Span.SequenceEqual(other.PublicKey.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = PublicKey.Length;
        foreach (byte value in PublicKey.Span)
        {
            hash = unchecked((hash * 31) + value);
        }

        return hash;
    }
}
