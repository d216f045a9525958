using System.Globalization;
using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>Mnemonics and trees of keys; fields are named as in the published vectors.</summary>
internal static class KeyVerbs
{
    public static void AddTo(Dictionary<string, Func<Request, Answer>> verbs)
    {
        verbs["mnemonic.seed"] = SeedOfMnemonic;
        verbs["bip32.derive"] = DeriveBip32;
        verbs["slip10.derive"] = DeriveSlip10;
    }

    private static Answer.Bytes SeedOfMnemonic(Request request)
    {
        var seed = new byte[Bip39.SeedSize];
        Bip39.SeedFrom(request.Text("mnemonic"), request.Has("passphrase") ? request.Text("passphrase") : "", seed);
        return new Answer.Bytes(seed);
    }

    private static Answer.Fields DeriveBip32(Request request)
    {
        using ExtendedPrivateKey master = ExtendedPrivateKey.FromSeed(request.Bytes("seed"));
        using ExtendedPrivateKey key = master.Derive(DerivationPath.Parse(request.Text("chain")));
        string publicText = key.PublicKey.ToString();
        string privateText = key.Export();
        return new Answer.Fields(json =>
        {
            json.WriteString("ext pub", publicText);
            json.WriteString("ext prv", privateText);
        });
    }

    private static Answer.Fields DeriveSlip10(Request request)
    {
        // The vectors name the curve at the end of their titles.
        string curve = request.Has("curve") ? request.Text("curve") : request.Has("title") ? request.Text("title").Split(' ')[^1] : "ed25519";
        using Slip10Key master = Slip10Key.FromSeed(CurveOf(curve), request.Bytes("seed"));
        using Slip10Key key = master.Derive(DerivationPath.Parse(request.Text("chain")));
        string fingerprint = key.ParentFingerprint.ToString("x8", CultureInfo.InvariantCulture);
        string chainCode = Convert.ToHexStringLower(key.ChainCode);
        string privateKey = Convert.ToHexStringLower(key.PrivateKey);
        string publicKey = (key.PublicKey.Length == 32 ? "00" : "") + Convert.ToHexStringLower(key.PublicKey.Span);
        return new Answer.Fields(json =>
        {
            json.WriteString("fingerprint", fingerprint);
            json.WriteString("chain code", chainCode);
            json.WriteString("private", privateKey);
            json.WriteString("public", publicKey);
        });
    }

    private static Slip10Curve CurveOf(string name) => name switch
    {
        "ed25519" => Slip10Curve.Ed25519,
        "secp256k1" => Slip10Curve.Secp256k1,
        "nist256p1" => Slip10Curve.NistP256,
        "curve25519" => Slip10Curve.Curve25519,
        _ => throw new UnsupportedException(),
    };
}
