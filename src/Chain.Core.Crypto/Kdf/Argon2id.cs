using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Chain.Core.Crypto;

/// <summary>Memory-hard key derivation from a password: Argon2id version 1.3 (RFC 9106).</summary>
public static class Argon2id
{
    /// <summary>The most memory accepted in KiB: 1 GiB.</summary>
    public const int MaxMemoryKiB = 1 << 20;

    /// <summary>The most work accepted (passes × memory in KiB), 4 passes over the most memory.</summary>
    public const long MaxWork = 4L * MaxMemoryKiB;

    /// <summary>The most lanes accepted.</summary>
    public const int MaxParallelism = 64;

    /// <summary>The longest output in bytes.</summary>
    public const int MaxOutputSize = 1024;

    /// <summary>The shortest salt in bytes (RFC 9106 §3.1).</summary>
    public const int MinSaltSize = 8;

    /// <summary>Fills <paramref name="destination"/>.</summary>
    /// <param name="password">The secret; may be empty.</param>
    /// <param name="salt">Public and unique, at least <see cref="MinSaltSize"/> bytes.</param>
    /// <param name="passes">Passes over the memory (t).</param>
    /// <param name="memoryKiB">Memory in KiB (m), at least 8 for each lane.</param>
    /// <param name="parallelism">Lanes (p), 1 to <see cref="MaxParallelism"/>; computed one after the other.</param>
    /// <param name="destination">4 to <see cref="MaxOutputSize"/> bytes.</param>
    /// <exception cref="ArgumentException">The salt is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside of its limits; <see cref="IsAcceptable"/> tells before.</exception>
    public static void DeriveKey(
        ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int passes, int memoryKiB, int parallelism, Span<byte> destination) =>
        DeriveKey(password, salt, default, default, passes, memoryKiB, parallelism, destination);

    /// <summary>Whether parameters that somebody else chose are valid and within the limits.</summary>
    public static bool IsAcceptable(long passes, long memoryKiB, long parallelism, long outputSize) =>
        parallelism is >= 1 and <= MaxParallelism
        && memoryKiB <= MaxMemoryKiB && memoryKiB >= 8 * parallelism
        && passes is >= 1 and <= MaxWork && (Int128)passes * memoryKiB <= MaxWork
        && outputSize is >= 4 and <= MaxOutputSize;

    /// <summary>With the optional inputs K and X of RFC 9106 §3.1, which its examples use.</summary>
    internal static void DeriveKey(
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        ReadOnlySpan<byte> pepper,
        ReadOnlySpan<byte> associated,
        int passes,
        int memoryKiB,
        int parallelism,
        Span<byte> destination)
    {
        Sizes.RequireAtLeast(salt.Length, MinSaltSize, nameof(salt));
        if (!IsAcceptable(passes, memoryKiB, parallelism, destination.Length))
        {
            throw new ArgumentOutOfRangeException(nameof(passes), "The cost parameters or the length are outside of their limits.");
        }

        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
            .WithVersion(Argon2Parameters.Version13)
            .WithIterations(passes)
            .WithMemoryAsKB(memoryKiB)
            .WithParallelism(parallelism)
            .WithSalt(salt.ToArray())
            .WithSecret(pepper.ToArray())
            .WithAdditional(associated.ToArray())
            .Build();
        var generator = new Argon2BytesGenerator();
        generator.Init(parameters);

        byte[] secret = password.ToArray();
        var output = new byte[destination.Length];
        generator.GenerateBytes(secret, output);
        output.CopyTo(destination);
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(output);
    }
}
