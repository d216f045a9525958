using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC.Multiplier;
using EcPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Chain.Core.Crypto;

/// <summary>
/// What touches secrets of secp256k1: BouncyCastle's curve with its comb multiplier, whose table look-ups read every entry
/// and whose sequence of point operations does not depend on the scalar. Its big integers are not constant-time.
/// </summary>
internal static class SecpSigning
{
    /// <summary>Length of a secret key in bytes.</summary>
    public const int SecretSize = 32;

    private static readonly FixedPointCombMultiplier Multiplier = new();

    /// <summary>Curve, base point and order.</summary>
    public static ECDomainParameters Domain { get; } = new(CustomNamedCurves.GetByName("secp256k1"));

    /// <summary>The secret as a number from 1 to n − 1.</summary>
    /// <exception cref="ArgumentException">It has another length or is outside that range.</exception>
    public static BigInteger Parse(ReadOnlySpan<byte> secret, string parameterName)
    {
        if (secret.Length != SecretSize)
        {
            throw new ArgumentException($"A secp256k1 secret has {SecretSize} bytes, not {secret.Length}.", parameterName);
        }

        if (!IsInRange(secret))
        {
            throw new ArgumentException("A secp256k1 secret is a number from 1 to n − 1.", parameterName);
        }

        return new BigInteger(1, secret);
    }

    /// <summary>k·G, for k from 1 to n − 1, with affine coordinates.</summary>
    public static EcPoint MultiplyBase(BigInteger k) => Multiplier.Multiply(Domain.G, k).Normalize();

    /// <summary>Whether y is odd.</summary>
    public static bool HasOddY(EcPoint point) => point.AffineYCoord.TestBitZero();

    /// <summary>Writes a number below 2²⁵⁶ as 32 big-endian bytes.</summary>
    public static void CopyTo(BigInteger number, Span<byte> destination)
    {
        destination = destination[..SecretSize];
        destination.Clear();
        number.ToByteArrayUnsigned(destination[(SecretSize - number.GetLengthofByteArrayUnsigned())..]);
    }

    private static bool IsInRange(ReadOnlySpan<byte> secret) =>
        SecpScalar.TryParse(secret, out SecpScalar scalar) && !scalar.IsZero;
}
