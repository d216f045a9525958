using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>expand_message_xmd of RFC 9380, section 5.3.1, with SHA-512 or SHA-256.</summary>
internal static class ExpandMessageXmd
{
    /// <summary>With SHA-512.</summary>
    public static void Expand(ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain, Span<byte> uniform) =>
        Expand(HashAlgorithmName.SHA512, SHA512.HashSizeInBytes, message, domain, uniform);

    /// <summary>Fills <paramref name="uniform"/>, at most 255 digests long; the domain has at most 255 bytes.</summary>
    public static void Expand(
        HashAlgorithmName name, int digestSize, ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain, Span<byte> uniform)
    {
        // Both hashes have blocks of twice the length of a digest.
        Span<byte> blockOfZeros = stackalloc byte[2 * SHA512.HashSizeInBytes];
        blockOfZeros.Clear();
        ReadOnlySpan<byte> suffix = [.. domain, checked((byte)domain.Length)];
        ReadOnlySpan<byte> length = [checked((byte)(uniform.Length >> 8)), (byte)(uniform.Length & 0xff), 0];
        Span<byte> seed = stackalloc byte[SHA512.HashSizeInBytes];
        Span<byte> block = stackalloc byte[SHA512.HashSizeInBytes];
        seed = seed[..digestSize];
        block = block[..digestSize];
        using IncrementalHash hash = IncrementalHash.CreateHash(name);
        hash.AppendData(blockOfZeros[..(2 * digestSize)]);
        hash.AppendData(message);
        hash.AppendData(length);
        hash.AppendData(suffix);
        hash.GetHashAndReset(seed);

        block.Clear();
        for (byte counter = 1; !uniform.IsEmpty; counter++)
        {
            for (int i = 0; i < block.Length; i++)
            {
                block[i] ^= seed[i];
            }

            hash.AppendData(block);
            hash.AppendData([counter]);
            hash.AppendData(suffix);
            hash.GetHashAndReset(block);
            int taken = Math.Min(block.Length, uniform.Length);
            block[..taken].CopyTo(uniform);
            uniform = uniform[taken..];
        }
    }
}
