using System.Security.Cryptography;
using Chain.Core.Crypto;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>ECDSA through BouncyCastle, with the keys decoded beforehand.</summary>
internal sealed class BouncyEcdsaVerifier(SignatureClaim[] claims)
{
    private static readonly ECDomainParameters Domain = new(CustomNamedCurves.GetByName("secp256k1"));

    private readonly ECPublicKeyParameters[] _keys =
        [.. claims.Select(claim => new ECPublicKeyParameters(Domain.Curve.DecodePoint(claim.PublicKey.ToArray()), Domain))];

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
