using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>A verb that verifies signatures, one at a time or many at once.</summary>
/// <param name="MessageField">The field of what was signed.</param>
/// <param name="SignatureField">The field of the signature.</param>
/// <param name="Verify">The single path.</param>
/// <param name="VerifyMany">The path for many.</param>
internal sealed record SignatureVerb(
    string MessageField, string SignatureField, Func<ContextClaim, bool> Verify, Action<ContextClaim[], bool[]> VerifyMany)
{
    private const string ContextField = "ctx";

    public static void AddTo(Dictionary<string, SignatureVerb> verbs, CryptoPath path)
    {
        verbs["ed25519.verify"] = new SignatureVerb(
            "msg",
            "sig",
            claim => VerifyEd25519(claim.Signed, path),
            (claims, verdicts) => Ed25519.VerifyMany(SignedOf(claims), verdicts, path));
        verbs["ecdsa.verify"] = new SignatureVerb("hash", "sig_compact", VerifyEcdsa, VerifyManyEcdsa);
        verbs["schnorr.verify"] = new SignatureVerb(
            "msg",
            "sig",
            claim => SchnorrSecp256k1.Verify(claim.Signed.PublicKey.Span, claim.Signed.Message.Span, claim.Signed.Signature.Span),
            (claims, verdicts) => SchnorrSecp256k1.VerifyMany(SignedOf(claims), verdicts));
        verbs["mldsa65.verify"] = new SignatureVerb("msg", "sig", VerifyMLDsa, VerifyManyMLDsa);
    }

    /// <summary>Reads the claim; null where a field is no bytes, so that it cannot be true.</summary>
    public ContextClaim? Read(Request request)
    {
        byte[]? key = request.BytesToVerify("pk");
        byte[]? message = request.BytesToVerify(MessageField);
        byte[]? signature = request.BytesToVerify(SignatureField);
        byte[]? context = request.Has(ContextField) ? request.BytesToVerify(ContextField) : [];
        return key is null || message is null || signature is null || context is null
            ? null
            : new ContextClaim(new SignatureClaim(key, message, signature), context);
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

    private static bool VerifyEcdsa(ContextClaim claim)
    {
        Span<byte> key = stackalloc byte[EcdsaSecp256k1.PublicKeySize];
        return EcdsaSecp256k1.TryCompressPublicKey(claim.Signed.PublicKey.Span, key)
            && EcdsaSecp256k1.VerifyHash(key, claim.Signed.Message.Span, claim.Signed.Signature.Span);
    }

    /// <summary>The path for many hashes messages itself, and here is the hash alone.</summary>
    private static void VerifyManyEcdsa(ContextClaim[] claims, bool[] verdicts)
    {
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = VerifyEcdsa(claims[i]);
        }
    }

    private static bool VerifyMLDsa(ContextClaim claim) => claim.Context.Length <= MLDsa65.MaxContextSize
        && MLDsa65.Verify(claim.Signed.PublicKey.Span, claim.Signed.Message.Span, claim.Context.Span, claim.Signed.Signature.Span);

    /// <summary>The path for many has no context; a claim with one goes alone.</summary>
    private static void VerifyManyMLDsa(ContextClaim[] claims, bool[] verdicts)
    {
        MLDsa65.VerifyMany(SignedOf(claims), verdicts);
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = claims[i].Context.IsEmpty ? verdicts[i] : VerifyMLDsa(claims[i]);
        }
    }

    private static SignatureClaim[] SignedOf(ContextClaim[] claims) => [.. claims.Select(claim => claim.Signed)];
}
