using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>Verifies proofs of the verifiable random function and tells their output; many at once are those of one suite.</summary>
internal sealed class RandomnessVerb(CryptoPath path) : ManyVerb
{
    private const string OutputName = "beta";

    public override object? Read(Request request)
    {
        VrfSuite suite = CurveVerbs.SuiteOf(request);
        return request.BytesToVerify("pk") is { } key
            && request.BytesToVerify("alpha") is { } input
            && request.BytesToVerify("pi") is { } proof
                ? new Claim(suite, new VrfClaim(key, input, proof))
                : null;
    }

    public override Answer.Verdict Verify(object claim)
    {
        var (suite, proved) = (Claim)claim;
        if (path != CryptoPath.Auto)
        {
            return VerifyMany([claim])[0];
        }

        var output = new byte[Vrf.OutputSize];
        return new Answer.Verdict(
            Vrf.Verify(suite, proved.PublicKey.Span, proved.Input.Span, proved.Proof.Span, output), OutputName, output);
    }

    public override IReadOnlyList<Answer.Verdict> VerifyMany(IReadOnlyList<object> claims) =>
        ByGroup(claims, (Claim claim) => claim.Suite, (suite, group) =>
        {
            var verdicts = new bool[group.Length];
            var outputs = new byte[group.Length * Vrf.OutputSize];
            Vrf.VerifyMany(suite, Array.ConvertAll(group, claim => claim.Proved), verdicts, outputs, path);
            return [.. verdicts.Zip(outputs.Chunk(Vrf.OutputSize), (verdict, output) => new Answer.Verdict(verdict, OutputName, output))];
        });

    private sealed record Claim(VrfSuite Suite, VrfClaim Proved);
}
