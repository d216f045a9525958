using Chain.Core.Crypto;
using NSec.Cryptography;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>libsodium through NSec, with the keys imported beforehand.</summary>
internal sealed class SodiumVerifier(SignatureClaim[] claims)
{
    private readonly PublicKey[] _keys = [.. claims.Select(claim =>
        PublicKey.Import(SignatureAlgorithm.Ed25519, claim.PublicKey.Span, KeyBlobFormat.RawPublicKey))];

    public void Verify(bool[] verdicts)
    {
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = SignatureAlgorithm.Ed25519.Verify(_keys[i], claims[i].Message.Span, claims[i].Signature.Span);
        }
    }
}
