using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC.Multiplier;
using EcPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Chain.Core.Crypto;

/// <summary>
/// Private keys of one curve in Weierstrass form. The points are BouncyCastle's, with its comb multiplier, whose table look-ups
/// read every entry and whose sequence of point operations does not depend on the scalar; arithmetic modulo the order is ours.
/// </summary>
internal sealed class WeierstrassGroup
{
    /// <summary>Length of a private key in bytes, big-endian.</summary>
    public const int ScalarSize = SecretScalarField.Size;

    /// <summary>Length of a compressed public key in bytes.</summary>
    public const int PointSize = 33;

    private static readonly FixedPointCombMultiplier Multiplier = new();

    private WeierstrassGroup(string name, SecretScalarField scalars) =>
        (Domain, Scalars) = (new ECDomainParameters(CustomNamedCurves.GetByName(name)), scalars);

    public static WeierstrassGroup Secp256k1 { get; } = new("secp256k1", SecretScalarField.Secp256k1);

    public static WeierstrassGroup NistP256 { get; } = new("secp256r1", SecretScalarField.NistP256);

    /// <summary>Curve, base point and order.</summary>
    public ECDomainParameters Domain { get; }

    /// <summary>Arithmetic modulo the order.</summary>
    public SecretScalarField Scalars { get; }

    /// <summary>Refuses what is no private key.</summary>
    /// <exception cref="ArgumentException">The secret is not 32 bytes long, zero, or not below the order.</exception>
    public void CheckPrivateKey(ReadOnlySpan<byte> secret, string parameterName)
    {
        if (secret.Length != ScalarSize)
        {
            throw new ArgumentException($"A secret has {ScalarSize} bytes, not {secret.Length}.", parameterName);
        }

        if (!Scalars.IsPrivateKey(secret))
        {
            throw new ArgumentException("A secret is a number from 1 to n − 1.", parameterName);
        }
    }

    /// <summary>Whether the 33 bytes are a point of the curve.</summary>
    public bool IsPublicKey(ReadOnlySpan<byte> point) => TryRead(point, out _);

    /// <summary>k·G with affine coordinates, for 32 bytes below the order.</summary>
    public EcPoint MultiplyBase(ReadOnlySpan<byte> k) => Multiplier.Multiply(Domain.G, new BigInteger(1, k)).Normalize();

    /// <summary>The compressed public key of a valid private key.</summary>
    public byte[] PublicKeyOf(ReadOnlySpan<byte> scalar) => MultiplyBase(scalar).GetEncoded(compressed: true);

    /// <summary>The private key <c>tweak + key mod n</c>; false where the tweak is not below n or the sum is zero.</summary>
    public bool TryAdd(ReadOnlySpan<byte> tweak, ReadOnlySpan<byte> key, Span<byte> sum)
    {
        if (!Scalars.IsReduced(tweak))
        {
            return false;
        }

        Scalars.Add(tweak, key, sum);
        return Scalars.IsPrivateKey(sum[..ScalarSize]);
    }

    /// <summary>The public key <c>tweak·G + key</c>; false where the tweak is not below n or the sum is infinity.</summary>
    public bool TryAddToPoint(ReadOnlySpan<byte> tweak, ReadOnlySpan<byte> key, out byte[] sum)
    {
        sum = [];
        if (!Scalars.IsReduced(tweak) || !TryRead(key, out EcPoint? point))
        {
            return false;
        }

        EcPoint result = MultiplyBase(tweak).Add(point).Normalize();
        if (result.IsInfinity)
        {
            return false;
        }

        sum = result.GetEncoded(true);
        return true;
    }

    private bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out EcPoint? point)
    {
        point = null;
        if (bytes is not [2 or 3, ..] || bytes.Length != PointSize)
        {
            return false;
        }

        try
        {
            point = Domain.Curve.DecodePoint(bytes);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
