using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Crypto;

/// <summary>
/// A secp256k1 public key with its chain code: it gives the public keys of its children that are not hardened (BIP-32).
/// Who has it and one such child's private key has the parent's private key. Immutable.
/// </summary>
public sealed class ExtendedPublicKey
{
    private const uint Version = 0x0488B21E; // xpub

    private static readonly WeierstrassGroup Group = WeierstrassGroup.Secp256k1;

    private readonly ExtendedKeyOrigin _origin;
    private readonly byte[] _chainCode;
    private readonly byte[] _point;

    internal ExtendedPublicKey(ExtendedKeyOrigin origin, ReadOnlySpan<byte> chainCode, byte[] point)
    {
        _origin = origin;
        _chainCode = chainCode.ToArray();
        _point = point;
    }

    /// <summary>The compressed point, 33 bytes.</summary>
    public ReadOnlyMemory<byte> Point => _point;

    /// <summary>Steps from the master key.</summary>
    public int Depth => _origin.Depth;

    /// <summary>The fingerprint of the parent, zero for the master key.</summary>
    public uint ParentFingerprint => _origin.ParentFingerprint;

    /// <summary>Four bytes of RIPEMD-160 of SHA-256 of the point.</summary>
    public uint Fingerprint => KeyFingerprint.Of(_point);

    /// <summary>Reads the text form, <c>xpub…</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ExtendedPublicKey? key)
    {
        key = null;
        if (ExtendedKeyOrigin.TryDecode(text, Version, out ExtendedKeyOrigin origin, out ReadOnlySpan<byte> chainCode, out var point)
            && Group.IsPublicKey(point))
        {
            key = new ExtendedPublicKey(origin, chainCode, point.ToArray());
        }

        return key is not null;
    }

    /// <summary>The child with this index, which is below <see cref="DerivationPath.Hardened"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A hardened child has no public derivation.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no such child: one index in 2¹²⁷, and the next one is taken instead; or the depth would pass 255.
    /// </exception>
    public ExtendedPublicKey Derive(uint index)
    {
        if (index >= DerivationPath.Hardened)
        {
            throw new ArgumentOutOfRangeException(nameof(index), "A hardened child has no public derivation.");
        }

        ExtendedKeyOrigin origin = _origin.ChildOf(Fingerprint, index);
        Span<byte> message = stackalloc byte[ExtendedKeyOrigin.KeySize + sizeof(uint)];
        _point.CopyTo(message);
        BinaryPrimitives.WriteUInt32BigEndian(message[ExtendedKeyOrigin.KeySize..], index);
        Span<byte> node = stackalloc byte[HmacSha512.Size];
        HmacSha512.Compute(_chainCode, message, node);
        return Group.TryAddToPoint(node[..WeierstrassGroup.ScalarSize], _point, out byte[] child)
            ? new ExtendedPublicKey(origin, node[WeierstrassGroup.ScalarSize..], child)
            : throw new InvalidOperationException($"There is no child {index}.");
    }

    /// <summary>The text form, <c>xpub…</c>.</summary>
    public override string ToString() => _origin.Encode(Version, _chainCode, _point);
}
