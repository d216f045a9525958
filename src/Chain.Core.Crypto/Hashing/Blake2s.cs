using Org.BouncyCastle.Crypto.Digests;

namespace Chain.Core.Crypto;

/// <summary>BLAKE2s (RFC 7693) without a key, with a digest of 32 bytes.</summary>
public static class Blake2s
{
    /// <summary>BLAKE2s-256 of <paramref name="message"/>.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> message)
    {
        var digest = new Blake2sDigest(8 * Hash256.Size);
        digest.BlockUpdate(message);
        Span<byte> output = stackalloc byte[Hash256.Size];
        digest.DoFinal(output);
        return new Hash256(output);
    }
}
