using System.Runtime.Intrinsics;
using System.Text;

namespace Chain.Core.Crypto;

/// <summary>
/// A tagged hash: SHA-256(SHA-256(tag) ‖ SHA-256(tag) ‖ message), as BIP-340 defines it. A digest made
/// under one tag can never pass for a digest made under another.
/// </summary>
public sealed class HashDomain
{
    private const int PrefixSize = 2 * Hash256.Size;
    private const int StackLimit = 512;

    private readonly byte[] _prefix;

    /// <summary>Creates the domain of <paramref name="tag"/>, for example <c>chain-core/block/v1</c>.</summary>
    public HashDomain(string tag)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        Tag = tag;
        Hash256 tagHash = Sha256.Hash(Encoding.UTF8.GetBytes(tag));
        _prefix = [.. tagHash.ToArray(), .. tagHash.ToArray()];
        Midstate = Sha256Midstate.Initial.Absorb(_prefix);
    }

    /// <summary>The tag, as given.</summary>
    public string Tag { get; }

    /// <summary>SHA-256 after the tag: the beginning of every message of this domain.</summary>
    public Sha256Midstate Midstate { get; }

    /// <summary>The tagged hash of <paramref name="message"/>.</summary>
    public Hash256 Hash(ReadOnlySpan<byte> message) => Hash(message, default);

    /// <summary>The tagged hash of <paramref name="first"/> ‖ <paramref name="second"/>.</summary>
    public Hash256 Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int length = PrefixSize + first.Length + second.Length;
        Span<byte> input = length <= StackLimit ? stackalloc byte[StackLimit] : new byte[length];
        _prefix.CopyTo(input);
        first.CopyTo(input[PrefixSize..]);
        second.CopyTo(input[(PrefixSize + first.Length)..]);

        // One block after the tag is faster from the midstate; more of them, with the platform's instructions.
        return length - PrefixSize <= Sha256Constants.LongestTail
            ? Midstate.Hash(input[PrefixSize..length])
            : Sha256.Hash(input[..length]);
    }

    /// <summary>The tagged hash of each of many messages of one length, several at once.</summary>
    /// <inheritdoc cref="Sha256.HashMany"/>
    public void HashMany(
        ReadOnlySpan<byte> messages, int messageLength, Span<Hash256> digests, CryptoPath path = CryptoPath.Auto)
    {
        Sha256Midstate.RequireSizes(messages, messageLength, digests);
        path = path.Resolve();
        if (LaneCost.Pays(Math.Min(digests.Length, path.Lanes()), Sha256Constants.PaddedBlocks(messageLength)))
        {
            Midstate.HashMany(messages, messageLength, digests, path);
            return;
        }

        for (int i = 0; i < digests.Length; i++)
        {
            digests[i] = Hash(messages.Slice(i * messageLength, messageLength));
        }
    }

    /// <summary>
    /// The tagged hash of each of many messages of any lengths, several at once where enough of them have
    /// the same number of blocks: the transactions of a block, say.
    /// </summary>
    /// <param name="bytes">What holds the messages.</param>
    /// <param name="messages">Where each message is; they may overlap.</param>
    /// <param name="digests">Receives the digest of message i at index i.</param>
    /// <param name="path">Which instructions to use; the answers are the same.</param>
    /// <exception cref="ArgumentException">A range leaves the bytes, or there are not as many digests as messages.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine cannot take <paramref name="path"/>.</exception>
    public void HashRanges(
        ReadOnlySpan<byte> bytes, ReadOnlySpan<Range> messages, Span<Hash256> digests, CryptoPath path = CryptoPath.Auto)
    {
        if (messages.Length != digests.Length)
        {
            throw new ArgumentException($"{messages.Length} messages have not {digests.Length} digests.", nameof(digests));
        }

        switch (path.Resolve())
        {
            case CryptoPath.Avx512:
                TaggedRanges<Sha256Avx512>.Hash(this, bytes, messages, digests);
                break;
            case CryptoPath.Avx2:
                TaggedRanges<Sha256Avx2>.Hash(this, bytes, messages, digests);
                break;
            case CryptoPath.Portable when Vector128.IsHardwareAccelerated:
                TaggedRanges<Sha256Vector128>.Hash(this, bytes, messages, digests);
                break;
            default:
                TaggedRanges<Sha256Scalar>.Hash(this, bytes, messages, digests);
                break;
        }
    }
}
