using System.Security.Cryptography;
using Chain.Core.Crypto;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>ECDSA through BouncyCastle, with the keys decoded beforehand.</summary>
internal sealed class BouncyEcdsaVerifier(X9ECParameters curve, SignatureClaim[] claims)
{
    private readonly ECPublicKeyParameters[] _keys =
        [.. claims.Select(claim => new ECPublicKeyParameters(
            curve.Curve.DecodePoint(claim.PublicKey.ToArray()), new ECDomainParameters(curve)))];

    public void Verify(bool[] verdicts)
    {
        for (int i = 0; i < claims.Length; i++)
        {
            var signer = new ECDsaSigner();
            signer.Init(false, _keys[i]);
            verdicts[i] = signer.VerifySignature(
                SHA256.HashData(claims[i].Message.Span),
                new BigInteger(1, claims[i].Signature.Span[..32]),
                new BigInteger(1, claims[i].Signature.Span[32..]));
        }
    }
}
