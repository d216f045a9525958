using Chain.Core.Crypto;

namespace Chain.Core.Consensus;

/// <summary>The public key of a voter.</summary>
/// <param name="Scheme">The scheme of the key.</param>
/// <param name="PublicKey">The key, without its tag.</param>
public sealed record ValidatorKey(SignatureSchemeTag Scheme, ReadOnlyMemory<byte> PublicKey)
{
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
