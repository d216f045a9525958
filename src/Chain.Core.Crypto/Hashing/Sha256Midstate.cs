using System.Runtime.Intrinsics;

namespace Chain.Core.Crypto;

/// <summary>
/// SHA-256 after whole 64-byte blocks: what messages with the same beginning share. A value: absorbing
/// more makes a new one.
/// </summary>
public sealed unsafe class Sha256Midstate
{
    private readonly uint[] _words;

    private Sha256Midstate(uint[] words, ulong length)
    {
        _words = words;
        Length = length;
    }

    /// <summary>The state before the first byte.</summary>
    public static Sha256Midstate Initial { get; } = new(Sha256Constants.InitialState.ToArray(), 0);

    /// <summary>How many bytes it has absorbed: a multiple of 64.</summary>
    public ulong Length { get; }

    /// <summary>The eight words of the state, as FIPS 180-4 numbers them.</summary>
    internal ReadOnlySpan<uint> Words => _words;

    /// <summary>The state after more blocks.</summary>
    /// <exception cref="ArgumentException">The length is not a multiple of 64 bytes.</exception>
    public Sha256Midstate Absorb(ReadOnlySpan<byte> blocks)
    {
        if (blocks.Length % Sha256Constants.BlockSize != 0)
        {
            throw new ArgumentException($"A midstate absorbs blocks of {Sha256Constants.BlockSize} bytes.", nameof(blocks));
        }

        var words = (uint[])_words.Clone();
        fixed (uint* state = words)
        fixed (byte* first = blocks)
        {
            Sha256Lanes<Sha256Scalar>.Absorb(state, first, blocks.Length / Sha256Constants.BlockSize);
        }

        return new Sha256Midstate(words, Length + (ulong)blocks.Length);
    }

    /// <summary>SHA-256 of everything absorbed and <paramref name="rest"/>.</summary>
    public Hash256 Hash(ReadOnlySpan<byte> rest)
    {
        Hash256 digest;
        fixed (byte* message = rest)
        {
            Sha256Lanes<Sha256Scalar>.Hash(this, message, rest.Length, 1, (byte*)&digest);
        }

        return digest;
    }

    /// <summary>SHA-256 of everything absorbed and each of many messages of one length, several at once.</summary>
    /// <inheritdoc cref="Sha256.HashMany"/>
    public void HashMany(
        ReadOnlySpan<byte> messages, int messageLength, Span<Hash256> digests, CryptoPath path = CryptoPath.Auto)
    {
        RequireSizes(messages, messageLength, digests);
        fixed (byte* message = messages)
        fixed (Hash256* digest = digests)
        {
            switch (path.Resolve())
            {
                case CryptoPath.Avx512:
                    Sha256Lanes<Sha256Avx512>.Hash(this, message, messageLength, digests.Length, (byte*)digest);
                    break;
                case CryptoPath.Avx2:
                    Sha256Lanes<Sha256Avx2>.Hash(this, message, messageLength, digests.Length, (byte*)digest);
                    break;
                case CryptoPath.Portable when Vector128.IsHardwareAccelerated:
                    Sha256Lanes<Sha256Vector128>.Hash(this, message, messageLength, digests.Length, (byte*)digest);
                    break;
                default:
                    Sha256Lanes<Sha256Scalar>.Hash(this, message, messageLength, digests.Length, (byte*)digest);
                    break;
            }
        }
    }

    internal static void RequireSizes(ReadOnlySpan<byte> messages, int messageLength, Span<Hash256> digests)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(messageLength);
        if (messages.Length != (long)messageLength * digests.Length)
        {
            throw new ArgumentException(
                $"{digests.Length} messages of {messageLength} bytes are not {messages.Length} bytes.", nameof(messages));
        }
    }
}
