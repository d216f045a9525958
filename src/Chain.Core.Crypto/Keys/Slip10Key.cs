using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>A private key in a tree of keys that grows from one seed (SLIP-0010). Wiped on <see cref="Dispose"/>.</summary>
public sealed class Slip10Key : IDisposable
{
    /// <summary>Length of the shortest seed in bytes.</summary>
    public const int MinSeedSize = 16;

    /// <summary>Length of the longest seed in bytes.</summary>
    public const int MaxSeedSize = 64;

    private const int HalfSize = 32;

    private readonly byte[] _node; // the private key, then the chain code
    private readonly byte[] _publicKey;
    private bool _disposed;

    private Slip10Key(Slip10Curve curve, ReadOnlySpan<byte> node, uint parentFingerprint)
    {
        Curve = curve;
        ParentFingerprint = parentFingerprint;
        _node = node.ToArray();
        _publicKey = PublicKeyOf(curve, node[..HalfSize]);
    }

    /// <summary>The curve of the whole tree.</summary>
    public Slip10Curve Curve { get; }

    /// <summary>The 32 secret bytes: a seed of RFC 8032, a key of RFC 7748, or a big-endian scalar.</summary>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public ReadOnlySpan<byte> PrivateKey => Node()[..HalfSize];

    /// <summary>The 32 bytes that, with the key, give its children; as secret as the key.</summary>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public ReadOnlySpan<byte> ChainCode => Node()[HalfSize..];

    /// <summary>The 32 bytes of RFC 8032 or RFC 7748, or the 33 bytes of a compressed point.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>The fingerprint of the parent, zero for the master key.</summary>
    public uint ParentFingerprint { get; }

    /// <summary>Four bytes of RIPEMD-160 of SHA-256 of the public key, which has 33 bytes here (a zero before 32).</summary>
    public uint Fingerprint => KeyFingerprint.Of(_publicKey.Length == HalfSize ? [0, .. _publicKey] : _publicKey);

    /// <summary>The master key of a seed.</summary>
    /// <param name="curve">The curve of the tree.</param>
    /// <param name="seed">16 to 64 secret bytes, for example from <see cref="Bip39.SeedFrom"/>.</param>
    /// <exception cref="ArgumentException">The seed is too short or too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The curve is unknown.</exception>
    public static Slip10Key FromSeed(Slip10Curve curve, ReadOnlySpan<byte> seed)
    {
        if (seed.Length is < MinSeedSize or > MaxSeedSize)
        {
            throw new ArgumentException($"A seed has {MinSeedSize} to {MaxSeedSize} bytes, not {seed.Length}.", nameof(seed));
        }

        Span<byte> node = stackalloc byte[HmacSha512.Size];
        ReadOnlySpan<byte> domain = DomainOf(curve);
        HmacSha512.Compute(domain, seed, node);
        while (GroupOf(curve) is { } group && !group.Scalars.IsPrivateKey(node[..HalfSize]))
        {
            HmacSha512.Compute(domain, node, node);
        }

        var master = new Slip10Key(curve, node, parentFingerprint: 0);
        CryptographicOperations.ZeroMemory(node);
        return master;
    }

    /// <summary>The child with this index, with <see cref="DerivationPath.Hardened"/> where it is hardened.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The curve has hardened children only.</exception>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public Slip10Key Derive(uint index)
    {
        WeierstrassGroup? group = GroupOf(Curve);
        if (group is null && index < DerivationPath.Hardened)
        {
            throw new ArgumentOutOfRangeException(nameof(index), "This curve has hardened children only.");
        }

        Span<byte> message = stackalloc byte[1 + HalfSize + sizeof(uint)];
        WriteParent(index, message);
        BinaryPrimitives.WriteUInt32BigEndian(message[(1 + HalfSize)..], index);
        Span<byte> node = stackalloc byte[HmacSha512.Size];
        HmacSha512.Compute(ChainCode, message, node);
        while (group is not null && !group.TryAdd(node[..HalfSize], PrivateKey, node))
        {
            message[0] = 1;
            node[HalfSize..].CopyTo(message[1..]);
            HmacSha512.Compute(ChainCode, message, node);
        }

        var child = new Slip10Key(Curve, node, Fingerprint);
        CryptographicOperations.ZeroMemory(message);
        CryptographicOperations.ZeroMemory(node);
        return child;
    }

    /// <summary>The descendant at the end of <paramref name="path"/>, which starts at this key.</summary>
    /// <inheritdoc cref="Derive(uint)"/>
    public Slip10Key Derive(DerivationPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var key = new Slip10Key(Curve, Node(), ParentFingerprint);
        foreach (uint index in path.Indexes)
        {
            using Slip10Key parent = key;
            key = parent.Derive(index);
        }

        return key;
    }

    /// <summary>Wipes the key and the chain code.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_node);
        _disposed = true;
    }

    private static ReadOnlySpan<byte> DomainOf(Slip10Curve curve) => curve switch
    {
        Slip10Curve.Ed25519 => "ed25519 seed"u8,
        Slip10Curve.Secp256k1 => "Bitcoin seed"u8,
        Slip10Curve.NistP256 => "Nist256p1 seed"u8,
        Slip10Curve.Curve25519 => "curve25519 seed"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(curve)),
    };

    /// <summary>The group in which children are sums; null where every 32 bytes are a key.</summary>
    private static WeierstrassGroup? GroupOf(Slip10Curve curve) => curve switch
    {
        Slip10Curve.Secp256k1 => WeierstrassGroup.Secp256k1,
        Slip10Curve.NistP256 => WeierstrassGroup.NistP256,
        _ => null,
    };

    private static byte[] PublicKeyOf(Slip10Curve curve, ReadOnlySpan<byte> privateKey)
    {
        if (GroupOf(curve) is { } group)
        {
            return group.PublicKeyOf(privateKey);
        }

        if (curve == Slip10Curve.Ed25519)
        {
            using var signer = new Ed25519PrivateKey(privateKey);
            return signer.PublicKey.ToArray();
        }

        var publicKey = new byte[X25519.KeySize];
        X25519.DerivePublicKey(privateKey, publicKey);
        return publicKey;
    }

    private void WriteParent(uint index, Span<byte> message)
    {
        if (index < DerivationPath.Hardened)
        {
            _publicKey.CopyTo(message);
            return;
        }

        message[0] = 0;
        PrivateKey.CopyTo(message[1..]);
    }

    private ReadOnlySpan<byte> Node()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _node;
    }
}
