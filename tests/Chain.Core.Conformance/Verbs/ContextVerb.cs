using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>Verifies signatures of ML-DSA-65, which are made for a context; many at once are those of one context.</summary>
internal sealed class ContextVerb : ManyVerb
{
    private const string ContextField = "ctx";

    public override object? Read(Request request) =>
        request.BytesToVerify("pk") is { } key
        && request.BytesToVerify("msg") is { } message
        && request.BytesToVerify("sig") is { } signature
        && (request.Has(ContextField) ? request.BytesToVerify(ContextField) : []) is { Length: <= MLDsa65.MaxContextSize } context
            ? new Claim(new SignatureClaim(key, message, signature), context)
            : null;

    public override Answer.Verdict Verify(object claim)
    {
        var (signed, context) = (Claim)claim;
        return new Answer.Verdict(MLDsa65.Verify(signed.PublicKey.Span, signed.Message.Span, context, signed.Signature.Span));
    }

    public override IReadOnlyList<Answer.Verdict> VerifyMany(IReadOnlyList<object> claims) =>
        ByGroup(claims, (Claim claim) => Convert.ToHexString(claim.Context), (_, group) =>
        {
            var verdicts = new bool[group.Length];
            MLDsa65.VerifyMany(Array.ConvertAll(group, claim => claim.Signed), group[0].Context, verdicts);
            return Array.ConvertAll(verdicts, verdict => new Answer.Verdict(verdict));
        });

    private sealed record Claim(SignatureClaim Signed, byte[] Context);
}
