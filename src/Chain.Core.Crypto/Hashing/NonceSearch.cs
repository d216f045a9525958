using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Chain.Core.Crypto;

/// <summary>
/// Searches the nonce of a proof of work: SHA-256(SHA-256(message)), read as a little-endian number, must
/// not exceed a target. Blocks before the nonce are hashed once; nonces are tried several at a time.
/// </summary>
/// <remarks>A Bitcoin header is 80 bytes with a nonce of 4 bytes at offset 76. Immutable: share it freely.</remarks>
public sealed class NonceSearch
{
    /// <summary>From the block that holds the first byte of the nonce to the end of the padding.</summary>
    internal const int MaxBlocks = 2;

    private readonly uint[] _words;

    /// <summary>Prepares the search over one message.</summary>
    /// <param name="message">The message; what stands at the place of the nonce does not matter.</param>
    /// <param name="nonceOffset">Where the nonce begins.</param>
    /// <param name="nonceSize">Its size in bytes, 4 or 8; it is written little-endian.</param>
    /// <exception cref="ArgumentException">
    /// The nonce is not inside the message, has another size, or is further than one 64-byte block in front
    /// of the one in which the padding ends.
    /// </exception>
    public NonceSearch(ReadOnlySpan<byte> message, int nonceOffset, int nonceSize)
    {
        if (nonceSize is not (sizeof(uint) or sizeof(ulong)))
        {
            throw new ArgumentException("A nonce has 4 or 8 bytes.", nameof(nonceSize));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(nonceOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nonceOffset, message.Length - nonceSize);
        int start = nonceOffset - (nonceOffset % Sha256Constants.BlockSize);
        int blocks = Sha256Constants.PaddedBlocks(message.Length - start);
        if (blocks > MaxBlocks)
        {
            throw new ArgumentException("The nonce must stand in one of the last two blocks.", nameof(nonceOffset));
        }

        Start = Sha256Midstate.Initial.Absorb(message[..start]);
        NonceOffset = nonceOffset - start;
        NonceSize = nonceSize;
        _words = PaddedWords(message[start..], NonceOffset, nonceSize, blocks, (ulong)message.Length);
    }

    /// <summary>The greatest nonce that fits.</summary>
    public ulong MaxNonce => NonceSize == sizeof(uint) ? uint.MaxValue : ulong.MaxValue;

    /// <summary>The state before the block with the nonce.</summary>
    internal Sha256Midstate Start { get; }

    /// <summary>The blocks from there on, with padding, and zeros in place of the nonce.</summary>
    internal ReadOnlySpan<uint> Words => _words;

    /// <summary>Where the nonce begins in those blocks, in bytes.</summary>
    internal int NonceOffset { get; }

    internal int NonceSize { get; }

    /// <summary>
    /// Tries the nonces <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> − 1 and
    /// finds the lowest that meets the target. Call it with a few hundred thousand at a time to stay
    /// responsive.
    /// </summary>
    /// <param name="target">32 bytes, little-endian: the greatest hash that will do.</param>
    /// <param name="first">The first nonce to try.</param>
    /// <param name="count">How many to try.</param>
    /// <param name="nonce">The nonce found, or zero.</param>
    /// <param name="path">Which instructions to use; the answer is the same.</param>
    /// <exception cref="ArgumentException">The target is not 32 bytes long, or the range leaves the nonce's size.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine cannot take <paramref name="path"/>.</exception>
    public bool TryFind(
        ReadOnlySpan<byte> target, ulong first, ulong count, out ulong nonce, CryptoPath path = CryptoPath.Auto)
    {
        if (target.Length != Hash256.Size)
        {
            throw new ArgumentException($"A target has {Hash256.Size} bytes.", nameof(target));
        }

        nonce = 0;
        if (count == 0)
        {
            return false;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, MaxNonce);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count - 1, MaxNonce - first);
        Span<uint> limit = stackalloc uint[Sha256Constants.StateWords];
        for (int i = 0; i < limit.Length; i++)
        {
            limit[i] = BinaryPrimitives.ReadUInt32LittleEndian(target[(sizeof(uint) * i)..]);
        }

        return path.Resolve() switch
        {
            CryptoPath.Avx512 => NonceLanes<Sha256Avx512>.TryFind(this, limit, first, count, out nonce),
            CryptoPath.Avx2 => NonceLanes<Sha256Avx2>.TryFind(this, limit, first, count, out nonce),
            CryptoPath.Portable when Vector128.IsHardwareAccelerated =>
                NonceLanes<Sha256Vector128>.TryFind(this, limit, first, count, out nonce),
            _ => NonceLanes<Sha256Scalar>.TryFind(this, limit, first, count, out nonce),
        };
    }

    private static uint[] PaddedWords(ReadOnlySpan<byte> rest, int nonceOffset, int nonceSize, int blocks, ulong length)
    {
        Span<byte> bytes = stackalloc byte[MaxBlocks * Sha256Constants.BlockSize];
        bytes = bytes[..(blocks * Sha256Constants.BlockSize)];
        bytes.Clear();
        rest.CopyTo(bytes);
        bytes.Slice(nonceOffset, nonceSize).Clear();
        bytes[rest.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[^sizeof(ulong)..], 8 * length);
        var words = new uint[bytes.Length / sizeof(uint)];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(sizeof(uint) * i)..]);
        }

        return words;
    }
}
