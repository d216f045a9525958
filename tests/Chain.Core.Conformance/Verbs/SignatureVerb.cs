using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>A verb that verifies signatures.</summary>
/// <param name="messageField">The field of what was signed.</param>
/// <param name="signatureField">The field of the signature.</param>
/// <param name="verify">The single path.</param>
/// <param name="verifyMany">The path for many.</param>
internal sealed class SignatureVerb(
    string messageField, string signatureField, Func<SignatureClaim, bool> verify, Action<SignatureClaim[], bool[]> verifyMany) : ManyVerb
{
    public static void AddTo(Dictionary<string, ManyVerb> verbs, CryptoPath path)
    {
        verbs["ed25519.verify"] = new SignatureVerb(
            "msg", "sig", claim => VerifyEd25519(claim, path), (claims, verdicts) => Ed25519.VerifyMany(claims, verdicts, path));
        verbs["ecdsa.verify"] = new SignatureVerb("hash", "sig_compact", VerifyEcdsa, VerifyManyEcdsa);
        verbs["schnorr.verify"] = new SignatureVerb(
            "msg",
            "sig",
            claim => SchnorrSecp256k1.Verify(claim.PublicKey.Span, claim.Message.Span, claim.Signature.Span),
            (claims, verdicts) => SchnorrSecp256k1.VerifyMany(claims, verdicts));
    }

    public override object? Read(Request request) =>
        request.BytesToVerify("pk") is { } key
        && request.BytesToVerify(messageField) is { } message
        && request.BytesToVerify(signatureField) is { } signature
            ? new SignatureClaim(key, message, signature)
            : null;

    public override Answer.Verdict Verify(object claim) => new(verify((SignatureClaim)claim));

    public override IReadOnlyList<Answer.Verdict> VerifyMany(IReadOnlyList<object> claims)
    {
        var verdicts = new bool[claims.Count];
        verifyMany([.. claims.Cast<SignatureClaim>()], verdicts);
        return [.. verdicts.Select(verdict => new Answer.Verdict(verdict))];
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

    /// <summary>Keys come compressed or not; the library's signatures go with compressed ones.</summary>
    private static SignatureClaim Compressed(SignatureClaim claim)
    {
        var key = new byte[EcdsaSecp256k1.PublicKeySize];
        return EcdsaSecp256k1.TryCompressPublicKey(claim.PublicKey.Span, key) ? claim with { PublicKey = key } : claim with { PublicKey = default };
    }

    private static bool VerifyEcdsa(SignatureClaim claim) =>
        EcdsaSecp256k1.VerifyHash(Compressed(claim).PublicKey.Span, claim.Message.Span, claim.Signature.Span);

    private static void VerifyManyEcdsa(SignatureClaim[] claims, bool[] verdicts) =>
        EcdsaSecp256k1.VerifyManyHashes(Array.ConvertAll(claims, Compressed), verdicts);
}
