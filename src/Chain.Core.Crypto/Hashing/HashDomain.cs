using System.Security.Cryptography;
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
        _prefix = new byte[PrefixSize];
        SHA256.HashData(Encoding.UTF8.GetBytes(tag), _prefix);
        _prefix.AsSpan(0, Hash256.Size).CopyTo(_prefix.AsSpan(Hash256.Size));
    }

    /// <summary>The tag, as given.</summary>
    public string Tag { get; }

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
        return Sha256.Hash(input[..length]);
    }
}
