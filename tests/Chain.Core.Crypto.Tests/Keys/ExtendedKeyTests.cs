using System.Text.Json;
using Chain.Core.Testing;
using CsCheck;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Keys;

public sealed class ExtendedKeyTests(ITestOutputHelper output)
{
    private const string VectorPath = "keys/bip32_vectors.json";

    // BIP-32, test vector 1, chain m.
    private const string MasterPrivate =
        "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi";

    private const string MasterPublic =
        "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8";

    private static readonly byte[] Seed = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");

    [Fact]
    public void FromSeed_FirstVectorOfTheBip_Matches()
    {
        using ExtendedPrivateKey master = ExtendedPrivateKey.FromSeed(Seed);

        Assert.Equal(MasterPrivate, master.Export());
        Assert.Equal(MasterPublic, master.PublicKey.ToString());
    }

    [VectorFact(VectorPath)]
    public void Derive_EveryChainOfTheVectors_Matches()
    {
        using JsonDocument file = VectorJson.Open(VectorPath);
        int keys = 0;
        foreach (JsonElement vector in file.RootElement.EnumerateArray().Where(vector => vector.GetProperty("seed").ValueKind == JsonValueKind.String))
        {
            using ExtendedPrivateKey master = ExtendedPrivateKey.FromSeed(vector.Hex("seed"));
            foreach (JsonElement chain in vector.GetProperty("chains").EnumerateArray())
            {
                DerivationPath path = DerivationPath.Parse(chain.Text("chain"));
                using ExtendedPrivateKey key = master.Derive(path);

                Assert.Equal(path.Indexes.Length, key.Depth);
                Assert.Equal(chain.Text("ext prv"), key.Export());
                Assert.Equal(chain.Text("ext pub"), key.PublicKey.ToString());
                Assert.True(ExtendedPrivateKey.TryParse(chain.Text("ext prv"), out ExtendedPrivateKey? readPrivate));
                Assert.Equal(chain.Text("ext prv"), readPrivate.Export());
                Assert.True(ExtendedPublicKey.TryParse(chain.Text("ext pub"), out ExtendedPublicKey? readPublic));
                Assert.Equal(chain.Text("ext pub"), readPublic.ToString());
                keys++;
            }
        }

        Assert.Equal(17, keys);
        output.WriteLine($"{VectorPath}: {keys} keys");
    }

    [VectorFact(VectorPath)]
    public void TryParse_InvalidKeysOfTheVectors_AreRefused()
    {
        using JsonDocument file = VectorJson.Open(VectorPath);
        int count = 0;
        foreach (JsonElement invalid in file.RootElement.EnumerateArray()
            .Where(vector => vector.TryGetProperty("invalid", out _))
            .SelectMany(vector => vector.GetProperty("invalid").EnumerateArray()))
        {
            Assert.False(ExtendedPrivateKey.TryParse(invalid[0].GetString(), out _), invalid[1].GetString());
            Assert.False(ExtendedPublicKey.TryParse(invalid[0].GetString(), out _), invalid[1].GetString());
            count++;
        }

        Assert.Equal(16, count);
        output.WriteLine($"{VectorPath}: {count} invalid keys");
    }

    [Fact]
    public void Derive_PublicSide_GivesTheKeysOfThePrivateSide() =>
        Gen.Select(Gen.Byte.Array[16, 64], Gen.UInt[0, DerivationPath.Hardened - 1]).Sample(
            (seed, index) =>
            {
                using ExtendedPrivateKey master = ExtendedPrivateKey.FromSeed(seed);
                using ExtendedPrivateKey child = master.Derive(index);
                return master.PublicKey.Derive(index).ToString() == child.PublicKey.ToString();
            },
            iter: 30);

    [Fact]
    public void Derive_HardenedChildOfAPublicKey_Throws()
    {
        Assert.True(ExtendedPublicKey.TryParse(MasterPublic, out ExtendedPublicKey? master));

        Assert.Throws<ArgumentOutOfRangeException>(() => master.Derive(DerivationPath.Hardened));
    }

    [Fact]
    public void Derive_Beyond255Steps_Throws()
    {
        using ExtendedPrivateKey master = ExtendedPrivateKey.FromSeed(Seed);
        using ExtendedPrivateKey deepest = master.Derive(new DerivationPath(new uint[255]));

        Assert.Equal(255, deepest.Depth);
        Assert.Throws<InvalidOperationException>(() => deepest.Derive(0));
        Assert.Throws<InvalidOperationException>(() => deepest.PublicKey.Derive(0));
    }

    [Fact]
    public void TryParse_ChangedText_IsRefused()
    {
        for (int i = 0; i < MasterPrivate.Length; i++)
        {
            char other = MasterPrivate[i] == 'z' ? 'y' : 'z';
            Assert.False(ExtendedPrivateKey.TryParse(MasterPrivate[..i] + other + MasterPrivate[(i + 1)..], out _));
            Assert.False(ExtendedPrivateKey.TryParse(MasterPrivate[..i], out _));
        }
    }

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Gen.String[0, 200].Sample(text => !ExtendedPrivateKey.TryParse(text, out _) && !ExtendedPublicKey.TryParse(text, out _), iter: 1000);

    [Fact]
    public void Dispose_Key_WipesIt()
    {
        ExtendedPrivateKey master = ExtendedPrivateKey.FromSeed(Seed);
        ReadOnlySpan<byte> secret = master.PrivateKey;
        master.Dispose();

        Assert.Equal(new byte[32], secret);
        Assert.Throws<ObjectDisposedException>(() => master.Export());
        Assert.Throws<ObjectDisposedException>(() => master.Derive(0));
    }
}
