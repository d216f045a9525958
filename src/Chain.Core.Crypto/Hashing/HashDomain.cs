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
        ReadOnlySpan<byte> messages, int messageLength, Span<Hash256> digests, CryptoPath path = CryptoPath.Auto) =>
        Midstate.HashMany(messages, messageLength, digests, path);
}
