using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>What an ECDSA verification needs once its bytes are read and found in range.</summary>
internal readonly struct EcdsaEquation
{
    /// <summary>Claims that share one inversion.</summary>
    public const int GroupSize = 16;

    private readonly SecpAffinePoint _publicKey;
    private readonly SecpScalar _hash;
    private readonly SecpScalar _r;

    private EcdsaEquation(in SecpAffinePoint publicKey, in SecpScalar hash, in SecpScalar r, in SecpScalar s)
    {
        _publicKey = publicKey;
        _hash = hash;
        _r = r;
        S = s;
    }

    /// <summary>The second half of the signature, not 0.</summary>
    public SecpScalar S { get; }

    /// <summary>Reads a compressed key, a 32-byte hash and r ‖ s; false for wrong lengths, ranges and points.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, out EcdsaEquation equation)
    {
        equation = default;
        if (publicKey.Length != SecpAffinePoint.CompressedSize
            || hash.Length != EcdsaSecp256k1.HashSize
            || signature.Length != EcdsaSecp256k1.SignatureSize
            || !SecpScalar.TryParse(signature[..32], out SecpScalar r)
            || !SecpScalar.TryParse(signature[32..], out SecpScalar s)
            || r.IsZero || s.IsZero || s.IsHigh
            || !SecpAffinePoint.TryDecode(publicKey, out SecpAffinePoint point))
        {
            return false;
        }

        equation = new EcdsaEquation(point, SecpScalar.Parse(hash), r, s);
        return true;
    }

    /// <summary>Verifies at most <see cref="GroupSize"/> claims, with one inversion for all (Montgomery's trick).</summary>
    public static void VerifyGroup(ReadOnlySpan<SignatureClaim> claims, bool areHashes, Span<bool> verdicts)
    {
        Span<EcdsaEquation> equations = stackalloc EcdsaEquation[GroupSize];
        Span<SecpScalar> products = stackalloc SecpScalar[GroupSize];
        Span<byte> hash = stackalloc byte[EcdsaSecp256k1.HashSize];
        SecpScalar product = SecpScalar.One;
        for (int i = 0; i < claims.Length; i++)
        {
            scoped ReadOnlySpan<byte> message = claims[i].Message.Span;
            if (!areHashes)
            {
                SHA256.HashData(message, hash);
                message = hash;
            }

            verdicts[i] = TryRead(claims[i].PublicKey.Span, message, claims[i].Signature.Span, out equations[i]);
            products[i] = product;
            product = verdicts[i] ? product * equations[i].S : product;
        }

        SecpScalar inverse = product.Invert();
        for (int i = claims.Length - 1; i >= 0; i--)
        {
            if (verdicts[i])
            {
                verdicts[i] = equations[i].Holds(inverse * products[i]);
                inverse *= equations[i].S;
            }
        }
    }

    /// <summary>Whether the x-coordinate of (hash/s)·G + (r/s)·P is r modulo n.</summary>
    public bool Holds(in SecpScalar inverseOfS)
    {
        SecpPoint sum = SecpDoubleProduct.Compute(_hash * inverseOfS, _r * inverseOfS, _publicKey);
        return !sum.IsInfinity
            && (sum.HasX(_r.ToFieldElement()) || (_r.TryAddOrder(out SecpFieldElement other) && sum.HasX(other)));
    }
}
