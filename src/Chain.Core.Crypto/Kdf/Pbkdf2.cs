using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>Key derivation from a password: PBKDF2 (RFC 8018) with HMAC-SHA-256.</summary>
public static class Pbkdf2
{
    /// <summary>The most iterations accepted: a bound on what a file that names its own cost can make us spend.</summary>
    public const int MaxIterations = 10_000_000;

    /// <summary>The longest output in bytes.</summary>
    public const int MaxOutputSize = 1024;

    /// <summary>Fills <paramref name="destination"/>.</summary>
    /// <param name="password">The secret; may be empty.</param>
    /// <param name="salt">Public and unique.</param>
    /// <param name="iterations">1 to <see cref="MaxIterations"/>.</param>
    /// <param name="destination">1 to <see cref="MaxOutputSize"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside of its limits; <see cref="IsAcceptable"/> tells before.</exception>
    public static void DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations, Span<byte> destination)
    {
        if (!IsAcceptable(iterations, destination.Length))
        {
            throw new ArgumentOutOfRangeException(nameof(iterations), "The iterations or the length are outside of their limits.");
        }

        Rfc2898DeriveBytes.Pbkdf2(password, salt, destination, iterations, HashAlgorithmName.SHA256);
    }

    /// <summary>Whether parameters that somebody else chose are within the limits.</summary>
    public static bool IsAcceptable(long iterations, long outputSize) =>
        iterations is >= 1 and <= MaxIterations && outputSize is >= 1 and <= MaxOutputSize;
}
