using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>The verifiable random function and the group ristretto255.</summary>
internal static class CurveVerbs
{
    public static void AddTo(Dictionary<string, Func<Request, Answer>> verbs)
    {
        verbs["vrf.prove"] = Prove;
        verbs["ristretto.decode"] = Decode;
        verbs["ristretto.from_uniform"] = FromUniform;
        verbs["ristretto.mul"] = Multiply;
        verbs["ristretto.add"] = Add;
    }

    public static VrfSuite SuiteOf(Request request) => request.Text("suite") switch
    {
        "TAI" => VrfSuite.Edwards25519Sha512Tai,
        "ELL2" => VrfSuite.Edwards25519Sha512Elligator2,
        _ => throw new UnsupportedException(),
    };

    private static Answer.Fields Prove(Request request)
    {
        VrfSuite suite = SuiteOf(request);
        using var key = new VrfPrivateKey(request.Bytes("sk"));
        byte[] proof = key.Prove(suite, request.Bytes("alpha"));
        var output = new byte[Vrf.OutputSize];
        if (!Vrf.TryProofToHash(suite, proof, output))
        {
            throw new InvalidOperationException("the proof has no hash");
        }

        return new Answer.Fields(json =>
        {
            json.WriteString("pi", Convert.ToHexStringLower(proof));
            json.WriteString("beta", Convert.ToHexStringLower(output));
        });
    }

    private static Answer.Verdict Decode(Request request) =>
        new(request.BytesToVerify("bytes") is { } bytes && Ristretto255.Decode(bytes) is not null);

    private static Answer.Bytes FromUniform(Request request) =>
        new(Ristretto255.FromUniformBytes(request.Bytes("uniform64")).Encode());

    private static Answer.Bytes Multiply(Request request) => Point(request, "point").Multiply(request.Bytes("scalar_le")) is { } product
        ? new Answer.Bytes(product.Encode())
        : throw new InvalidRequestException("scalar_le is not below the order");

    private static Answer.Bytes Add(Request request) => new(Point(request, "a").Add(Point(request, "b")).Encode());

    private static Ristretto255 Point(Request request, string field) =>
        Ristretto255.Decode(request.Bytes(field)) ?? throw new InvalidRequestException($"{field} is no element");
}
