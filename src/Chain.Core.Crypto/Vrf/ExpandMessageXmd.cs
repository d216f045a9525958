using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>expand_message_xmd of RFC 9380, section 5.3.1, with SHA-512.</summary>
internal static class ExpandMessageXmd
{
    private const int BlockSize = 128;

    /// <summary>Fills <paramref name="uniform"/>, at most 255 digests long; the domain has at most 255 bytes.</summary>
    public static void Expand(ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain, Span<byte> uniform)
    {
        ReadOnlySpan<byte> suffix = [.. domain, checked((byte)domain.Length)];
        ReadOnlySpan<byte> length = [checked((byte)(uniform.Length >> 8)), (byte)(uniform.Length & 0xff), 0];
        Span<byte> seed = stackalloc byte[SHA512.HashSizeInBytes];
        Span<byte> block = stackalloc byte[SHA512.HashSizeInBytes];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(stackalloc byte[BlockSize]);
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
