using System.Globalization;
using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Keys;

public sealed class Slip10KeyTests(ITestOutputHelper output)
{
    private const string VectorPath = "keys/slip10_vectors.json";

    private static readonly byte[] Seed = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");

    [Fact]
    public void Derive_FirstStepOfVector1OfSlip0010_Matches()
    {
        using Slip10Key master = Slip10Key.FromSeed(Slip10Curve.Secp256k1, Seed);
        using Slip10Key child = master.Derive(DerivationPath.Hardened);

        Assert.Equal("edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0afea", Convert.ToHexStringLower(child.PrivateKey));
        Assert.Equal(0x3442193eu, child.ParentFingerprint);
        Assert.Equal(child.ParentFingerprint, master.Fingerprint);
    }

    [VectorFact(VectorPath)]
    public void Derive_EveryChainOfTheVectors_Matches()
    {
        using JsonDocument file = VectorJson.Open(VectorPath);
        int keys = 0;
        foreach (JsonElement vector in file.RootElement.EnumerateArray())
        {
            Slip10Curve curve = CurveOf(vector.Text("title"));
            foreach (JsonElement chain in vector.GetProperty("chains").EnumerateArray())
            {
                using Slip10Key master = Slip10Key.FromSeed(curve, vector.Hex("seed"));
                using Slip10Key key = master.Derive(DerivationPath.Parse(chain.Text("chain")));

                Assert.Equal(chain.Hex("private"), key.PrivateKey);
                Assert.Equal(chain.Hex("chain code"), key.ChainCode);
                Assert.Equal(uint.Parse(chain.Text("fingerprint"), NumberStyles.HexNumber, CultureInfo.InvariantCulture), key.ParentFingerprint);
                byte[] publicKey = chain.Hex("public");
                Assert.Equal(publicKey, key.PublicKey.Length == 32 ? [0, .. key.PublicKey.Span] : key.PublicKey.ToArray());
                keys++;
            }
        }

        Assert.Equal(52, keys);
        output.WriteLine($"{VectorPath}: {keys} keys");
    }

    [Theory]
    [InlineData(Slip10Curve.Ed25519)]
    [InlineData(Slip10Curve.Curve25519)]
    public void Derive_ChildThatIsNotHardened_ThrowsWhereThereIsNone(Slip10Curve curve)
    {
        using Slip10Key master = Slip10Key.FromSeed(curve, Seed);

        Assert.Throws<ArgumentOutOfRangeException>(() => master.Derive(DerivationPath.Hardened - 1));
    }

    [Fact]
    public void Derive_Ed25519Child_SignsUnderItsPublicKey()
    {
        using Slip10Key master = Slip10Key.FromSeed(Slip10Curve.Ed25519, Seed);
        using Slip10Key account = master.Derive(DerivationPath.Parse("m/44'/7'"));
        using var signer = new Ed25519PrivateKey(account.PrivateKey);

        Assert.Equal(account.PublicKey, signer.PublicKey);
        Assert.True(Ed25519.Verify(account.PublicKey.Span, "hello"u8, signer.Sign("hello"u8)));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(65)]
    public void FromSeed_WrongLength_Throws(int length) =>
        Assert.Throws<ArgumentException>(() => Slip10Key.FromSeed(Slip10Curve.Ed25519, new byte[length]));

    [Fact]
    public void FromSeed_UnknownCurve_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Slip10Key.FromSeed(0, Seed));

    [Fact]
    public void Dispose_Key_WipesTheSecretAndKeepsThePublicKey()
    {
        Slip10Key master = Slip10Key.FromSeed(Slip10Curve.Ed25519, Seed);
        ReadOnlySpan<byte> secret = master.PrivateKey;
        master.Dispose();

        Assert.Equal(new byte[32], secret);
        Assert.Throws<ObjectDisposedException>(() => master.Derive(DerivationPath.Hardened));
        Assert.Throws<ObjectDisposedException>(() => master.PrivateKey.Length);
        Assert.Equal(32, master.PublicKey.Length);
    }

    private static Slip10Curve CurveOf(string title) => title.Split(' ')[^1] switch
    {
        "secp256k1" => Slip10Curve.Secp256k1,
        "nist256p1" => Slip10Curve.NistP256,
        "ed25519" => Slip10Curve.Ed25519,
        "curve25519" => Slip10Curve.Curve25519,
        string other => throw new InvalidDataException(other),
    };
}
