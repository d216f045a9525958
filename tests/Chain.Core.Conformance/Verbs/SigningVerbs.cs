using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>Signatures under a secret key.</summary>
internal static class SigningVerbs
{
    public static void AddTo(Dictionary<string, Func<Request, Answer>> verbs)
    {
        verbs["ed25519.sign"] = SignEd25519;
        verbs["ecdsa.sign"] = SignEcdsa;
        verbs["schnorr.sign"] = SignSchnorr;
    }

    private static Answer.Bytes SignEd25519(Request request)
    {
        using var key = new Ed25519PrivateKey(request.Bytes("sk"));
        return new Answer.Bytes(key.Sign(request.Bytes("msg")));
    }

    private static Answer.Bytes SignEcdsa(Request request)
    {
        using var key = new EcdsaSecp256k1PrivateKey(request.Bytes("sk"));
        return new Answer.Bytes(key.SignHash(request.Bytes("hash")));
    }

    private static Answer.Bytes SignSchnorr(Request request)
    {
        using var key = new SchnorrSecp256k1PrivateKey(request.Bytes("sk"));
        return new Answer.Bytes(key.Sign(request.Bytes("msg"), request.Bytes("aux")));
    }
}
