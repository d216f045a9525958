using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>A secp256k1 private key with the chain code that gives it children (BIP-32). Wiped on <see cref="Dispose"/>.</summary>
public sealed class ExtendedPrivateKey : IDisposable
{
    /// <summary>Length of the shortest seed in bytes.</summary>
    public const int MinSeedSize = 16;

    /// <summary>Length of the longest seed in bytes.</summary>
    public const int MaxSeedSize = 64;

    private const uint Version = 0x0488ADE4; // xprv
    private const int HalfSize = 32;

    private static readonly WeierstrassGroup Group = WeierstrassGroup.Secp256k1;

    private readonly byte[] _node; // the private key, then the chain code
    private readonly ExtendedKeyOrigin _origin;
    private bool _disposed;

    private ExtendedPrivateKey(ExtendedKeyOrigin origin, ReadOnlySpan<byte> node)
    {
        _origin = origin;
        _node = node.ToArray();
        PublicKey = new ExtendedPublicKey(origin, node[HalfSize..], Group.PublicKeyOf(node[..HalfSize]));
    }

    /// <summary>The big-endian scalar, 32 bytes.</summary>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public ReadOnlySpan<byte> PrivateKey => Node()[..HalfSize];

    /// <summary>The public side; it gives the public keys of all children that are not hardened.</summary>
    public ExtendedPublicKey PublicKey { get; }

    /// <summary>Steps from the master key.</summary>
    public int Depth => _origin.Depth;

    /// <summary>The master key of a seed.</summary>
    /// <param name="seed">16 to 64 secret bytes, for example from <see cref="Bip39.SeedFrom"/>.</param>
    /// <exception cref="ArgumentException">The seed is too short or too long, or one of the 2⁻¹²⁷ that give no key.</exception>
    public static ExtendedPrivateKey FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length is < MinSeedSize or > MaxSeedSize)
        {
            throw new ArgumentException($"A seed has {MinSeedSize} to {MaxSeedSize} bytes, not {seed.Length}.", nameof(seed));
        }

        Span<byte> node = stackalloc byte[HmacSha512.Size];
        HmacSha512.Compute("Bitcoin seed"u8, seed, node);
        if (!Group.Scalars.IsPrivateKey(node[..HalfSize]))
        {
            throw new ArgumentException("This seed gives no key.", nameof(seed));
        }

        var master = new ExtendedPrivateKey(default, node);
        CryptographicOperations.ZeroMemory(node);
        return master;
    }

    /// <summary>Reads the text form, <c>xprv…</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ExtendedPrivateKey? key)
    {
        key = null;
        if (ExtendedKeyOrigin.TryDecode(text, Version, out ExtendedKeyOrigin origin, out ReadOnlySpan<byte> chainCode, out var bytes)
            && bytes[0] == 0 && Group.Scalars.IsPrivateKey(bytes[1..]))
        {
            key = new ExtendedPrivateKey(origin, [.. bytes[1..], .. chainCode]);
        }

        return key is not null;
    }

    /// <summary>The child with this index, with <see cref="DerivationPath.Hardened"/> where it is hardened.</summary>
    /// <exception cref="InvalidOperationException">
    /// There is no such child: one index in 2¹²⁷, and the next one is taken instead; or the depth would pass 255.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public ExtendedPrivateKey Derive(uint index)
    {
        ExtendedKeyOrigin origin = _origin.ChildOf(PublicKey.Fingerprint, index);
        Span<byte> message = stackalloc byte[ExtendedKeyOrigin.KeySize + sizeof(uint)];
        message.Clear();
        if (index >= DerivationPath.Hardened)
        {
            PrivateKey.CopyTo(message[1..]);
        }
        else
        {
            PublicKey.Point.Span.CopyTo(message);
        }

        BinaryPrimitives.WriteUInt32BigEndian(message[ExtendedKeyOrigin.KeySize..], index);
        Span<byte> node = stackalloc byte[HmacSha512.Size];
        HmacSha512.Compute(Node()[HalfSize..], message, node);
        bool exists = Group.TryAdd(node[..HalfSize], PrivateKey, node);
        ExtendedPrivateKey? child = exists ? new ExtendedPrivateKey(origin, node) : null;
        CryptographicOperations.ZeroMemory(message);
        CryptographicOperations.ZeroMemory(node);
        return child ?? throw new InvalidOperationException($"There is no child {index}.");
    }

    /// <summary>The descendant at the end of <paramref name="path"/>, which starts at this key.</summary>
    /// <inheritdoc cref="Derive(uint)"/>
    public ExtendedPrivateKey Derive(DerivationPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var key = new ExtendedPrivateKey(_origin, Node());
        foreach (uint index in path.Indexes)
        {
            using ExtendedPrivateKey parent = key;
            key = parent.Derive(index);
        }

        return key;
    }

    /// <summary>The text form, <c>xprv…</c>: the secret itself.</summary>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public string Export() => _origin.Encode(Version, Node()[HalfSize..], [0, .. PrivateKey]);

    /// <summary>Wipes the key.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_node);
        _disposed = true;
    }

    private ReadOnlySpan<byte> Node()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _node;
    }
}
