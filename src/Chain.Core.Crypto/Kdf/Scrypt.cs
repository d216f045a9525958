using System.Numerics;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;

namespace Chain.Core.Crypto;

/// <summary>Memory-hard key derivation from a password: scrypt (RFC 7914).</summary>
public static class Scrypt
{
    /// <summary>The most memory accepted in bytes (128 × N × r): 1 GiB.</summary>
    public const long MaxMemory = 1L << 30;

    /// <summary>The most work accepted (N × r × p), 16 times that of N = 2¹⁸, r = 8, p = 1.</summary>
    public const long MaxWork = 1L << 25;

    /// <summary>The longest output in bytes.</summary>
    public const int MaxOutputSize = 1024;

    /// <summary>Fills <paramref name="destination"/>.</summary>
    /// <param name="password">The secret; may be empty.</param>
    /// <param name="salt">Public and unique.</param>
    /// <param name="n">The cost: a power of two above 1, and below 2^(128 r / 8).</param>
    /// <param name="r">The block size in units of 128 bytes.</param>
    /// <param name="p">The parallelism; here it only repeats the work.</param>
    /// <param name="destination">1 to <see cref="MaxOutputSize"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside of its limits; <see cref="IsAcceptable"/> tells before.</exception>
    public static void DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int n, int r, int p, Span<byte> destination)
    {
        if (!IsAcceptable(n, r, p, destination.Length))
        {
            throw new ArgumentOutOfRangeException(nameof(n), "The cost parameters or the length are outside of their limits.");
        }

        byte[] secret = password.ToArray();
        byte[] output = SCrypt.Generate(secret, salt.ToArray(), n, r, p, destination.Length);
        output.CopyTo(destination);
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(output);
    }

    /// <summary>Whether parameters that somebody else chose are valid and within the limits.</summary>
    public static bool IsAcceptable(long n, long r, long p, long outputSize) =>
        n is > 1 and <= int.MaxValue && BitOperations.IsPow2(n)
        && r is >= 1 and <= MaxMemory / 128 && p is >= 1 and <= MaxWork
        && (r > 1 || n < 1 << 16)
        && (Int128)n * r * 128 <= MaxMemory && (Int128)n * r * p <= MaxWork && (Int128)r * p <= MaxMemory / 128
        && outputSize is >= 1 and <= MaxOutputSize;
}
