using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>HMAC (RFC 2104) with SHA-256.</summary>
public static class HmacSha256
{
    /// <summary>Length of the code in bytes.</summary>
    public const int Size = 32;

    /// <summary>Writes the code of <paramref name="message"/>; keys may have any length.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is not 32 bytes long.</exception>
    public static void Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> destination)
    {
        Sizes.Require(destination.Length, Size, nameof(destination));
        HMACSHA256.HashData(key, message, destination);
    }

    /// <summary>Compares in constant time; false where <paramref name="code"/> is not 32 bytes long.</summary>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> code)
    {
        Span<byte> expected = stackalloc byte[Size];
        HMACSHA256.HashData(key, message, expected);
        return CryptographicOperations.FixedTimeEquals(expected, code);
    }
}
