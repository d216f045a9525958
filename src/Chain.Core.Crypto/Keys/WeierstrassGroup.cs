using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;
using Org.BouncyCastle.Utilities;

namespace Chain.Core.Crypto;

/// <summary>The sums of scalars and points that key derivation needs, on one curve of BouncyCastle.</summary>
internal sealed class WeierstrassGroup
{
    public const int ScalarSize = 32;
    public const int PointSize = 33;

    private readonly X9ECParameters _curve;

    private WeierstrassGroup(string name) => _curve = CustomNamedCurves.GetByName(name);

    public static WeierstrassGroup Secp256k1 { get; } = new("secp256k1");

    public static WeierstrassGroup NistP256 { get; } = new("secp256r1");

    /// <summary>Whether the big-endian bytes are in 1..n−1.</summary>
    public bool IsPrivateKey(ReadOnlySpan<byte> scalar)
    {
        BigInteger value = Read(scalar);
        return value.SignValue > 0 && value.CompareTo(_curve.N) < 0;
    }

    /// <summary>Whether the 33 bytes are a point of the curve.</summary>
    public bool IsPublicKey(ReadOnlySpan<byte> point) => TryRead(point, out _);

    /// <summary>The compressed public key of a valid private key.</summary>
    public byte[] PublicKeyOf(ReadOnlySpan<byte> scalar) =>
        new FixedPointCombMultiplier().Multiply(_curve.G, Read(scalar)).Normalize().GetEncoded(true);

    /// <summary>The private key <c>tweak + key mod n</c>; false where the tweak is not below n or the sum is zero.</summary>
    public bool TryAdd(ReadOnlySpan<byte> tweak, ReadOnlySpan<byte> key, Span<byte> sum)
    {
        BigInteger added = Read(tweak);
        BigInteger value = added.Add(Read(key)).Mod(_curve.N);
        if (added.CompareTo(_curve.N) >= 0 || value.SignValue == 0)
        {
            return false;
        }

        BigIntegers.AsUnsignedByteArray(value, sum[..ScalarSize]);
        return true;
    }

    /// <summary>The public key <c>tweak·G + key</c>; false where the tweak is not below n or the sum is infinity.</summary>
    public bool TryAddToPoint(ReadOnlySpan<byte> tweak, ReadOnlySpan<byte> key, out byte[] sum)
    {
        sum = [];
        BigInteger added = Read(tweak);
        if (added.CompareTo(_curve.N) >= 0 || !TryRead(key, out ECPoint? point))
        {
            return false;
        }

        ECPoint result = new FixedPointCombMultiplier().Multiply(_curve.G, added).Add(point).Normalize();
        if (result.IsInfinity)
        {
            return false;
        }

        sum = result.GetEncoded(true);
        return true;
    }

    private static BigInteger Read(ReadOnlySpan<byte> scalar) => new(1, scalar);

    private bool TryRead(ReadOnlySpan<byte> bytes, out ECPoint? point)
    {
        point = null;
        if (bytes is not [2 or 3, ..] || bytes.Length != PointSize)
        {
            return false;
        }

        try
        {
            point = _curve.Curve.DecodePoint(bytes);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
