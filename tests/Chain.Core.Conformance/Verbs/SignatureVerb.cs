using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>A verb that verifies signatures, one at a time or many at once.</summary>
/// <param name="MessageField">The field of what was signed.</param>
/// <param name="SignatureField">The field of the signature.</param>
/// <param name="Verify">The single path.</param>
/// <param name="VerifyMany">The path for many.</param>
internal sealed record SignatureVerb(
    string MessageField, string SignatureField, Func<SignatureClaim, bool> Verify, Action<SignatureClaim[], bool[]> VerifyMany)
{
    public static void AddTo(Dictionary<string, SignatureVerb> verbs, CryptoPath path)
    {
        verbs["ed25519.verify"] = new SignatureVerb(
            "msg",
            "sig",
            claim => VerifyEd25519(claim, path),
            (claims, verdicts) => Ed25519.VerifyMany(claims, verdicts, path));
        verbs["ecdsa.verify"] = new SignatureVerb("hash", "sig_compact", VerifyEcdsa, VerifyManyEcdsa);
        verbs["schnorr.verify"] = new SignatureVerb(
            "msg",
            "sig",
            claim => SchnorrSecp256k1.Verify(claim.PublicKey.Span, claim.Message.Span, claim.Signature.Span),
            (claims, verdicts) => SchnorrSecp256k1.VerifyMany(claims, verdicts));
    }

    /// <summary>Reads the claim; null where a field is no bytes, so that it cannot be true.</summary>
    public SignatureClaim? Read(Request request)
    {
        byte[]? key = request.BytesToVerify("pk");
        byte[]? message = request.BytesToVerify(MessageField);
        byte[]? signature = request.BytesToVerify(SignatureField);
        return key is null || message is null || signature is null ? null : new SignatureClaim(key, message, signature);
    }

    private static bool VerifyEd25519(SignatureClaim claim, CryptoPath path)
    {
        if (path == CryptoPath.Auto)
        {
            return Ed25519.Verify(claim.PublicKey.Span, claim.Message.Span, claim.Signature.Span);
        }

        Span<bool> verdict = stackalloc bool[1];
        Ed25519.VerifyMany([claim], verdict, path);
        return verdict[0];
    }

    private static bool VerifyEcdsa(SignatureClaim claim)
    {
        Span<byte> key = stackalloc byte[EcdsaSecp256k1.PublicKeySize];
        return EcdsaSecp256k1.TryCompressPublicKey(claim.PublicKey.Span, key)
            && EcdsaSecp256k1.VerifyHash(key, claim.Message.Span, claim.Signature.Span);
    }

    /// <summary>The path for many hashes messages itself, and here is the hash alone.</summary>
    private static void VerifyManyEcdsa(SignatureClaim[] claims, bool[] verdicts)
    {
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = VerifyEcdsa(claims[i]);
        }
    }
}
