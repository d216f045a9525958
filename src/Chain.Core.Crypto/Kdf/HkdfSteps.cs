using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>HKDF (RFC 5869) over any HMAC.</summary>
/// <remarks>
/// Built on the platform's HMAC rather than on its HKDF, which refuses an empty secret where it comes from OpenSSL.
/// </remarks>
internal static class HkdfSteps
{
    /// <summary>The longest digest of any hash in bytes.</summary>
    public const int LongestHash = 64;

    private const int MostBlocks = 255;

    /// <summary>Writes the code of a message, as long as the digest of the hash.</summary>
    public delegate void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> code);

    /// <summary>Extract and expand in one step; <paramref name="size"/> is the length of a digest.</summary>
    public static void DeriveKey(
        Hmac hmac, int size, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, Span<byte> destination)
    {
        Span<byte> pseudorandomKey = stackalloc byte[LongestHash];
        pseudorandomKey = pseudorandomKey[..size];
        hmac(salt, inputKey, pseudorandomKey);
        Expand(hmac, size, pseudorandomKey, info, destination);
        CryptographicOperations.ZeroMemory(pseudorandomKey);
    }

    /// <summary>T(i) = HMAC(key, T(i−1) ‖ info ‖ i) (§2.3).</summary>
    /// <exception cref="ArgumentException">The key is shorter than a digest, or the destination is empty or too long.</exception>
    public static void Expand(
        Hmac hmac, int size, ReadOnlySpan<byte> pseudorandomKey, ReadOnlySpan<byte> info, Span<byte> destination)
    {
        Sizes.RequireAtLeast(pseudorandomKey.Length, size, nameof(pseudorandomKey));
        if (destination.Length == 0 || destination.Length > MostBlocks * size)
        {
            throw new ArgumentException(
                $"HKDF gives 1 to {MostBlocks * size} bytes, not {destination.Length}.", nameof(destination));
        }

        var input = new byte[size + info.Length + 1];
        info.CopyTo(input.AsSpan(size));
        Span<byte> block = input.AsSpan(0, size);
        for (int done = 0; done < destination.Length; done += size)
        {
            input[^1]++;
            hmac(pseudorandomKey, done == 0 ? input.AsSpan(size) : input, block);
            block[..Math.Min(block.Length, destination.Length - done)].CopyTo(destination[done..]);
        }

        CryptographicOperations.ZeroMemory(input);
    }
}
