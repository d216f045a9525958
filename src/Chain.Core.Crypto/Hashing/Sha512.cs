using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>SHA-512 (FIPS 180-4).</summary>
public static class Sha512
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int DigestSize = 64;

    /// <summary>SHA-512 of <paramref name="message"/>: 64 bytes.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> message) => SHA512.HashData(message);

    /// <summary>SHA-512 of <paramref name="message"/>, written to the start of <paramref name="digest"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is shorter than 64 bytes.</exception>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> digest) => SHA512.HashData(message, digest);
}
