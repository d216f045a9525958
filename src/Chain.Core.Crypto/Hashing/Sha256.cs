using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>SHA-256 (FIPS 180-4) of public data.</summary>
public static class Sha256
{
    /// <summary>SHA-256 of <paramref name="message"/>.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        SHA256.HashData(message, digest);
        return new Hash256(digest);
    }

    /// <summary>SHA-256 of SHA-256 of <paramref name="message"/>, as Bitcoin hashes its headers.</summary>
    public static Hash256 HashTwice(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        SHA256.HashData(message, digest);
        SHA256.HashData(digest, digest);
        return new Hash256(digest);
    }
}
