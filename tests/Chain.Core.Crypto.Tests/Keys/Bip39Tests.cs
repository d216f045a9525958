using System.Text.Json;
using Chain.Core.Testing;
using CsCheck;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Keys;

public sealed class Bip39Tests(ITestOutputHelper output)
{
    private const string TrezorPath = "keys/bip39_trezor_vectors.json";

    [Fact]
    public void SeedFrom_FirstExampleOfTheBip_Matches() => Assert.Equal(
        "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04",
        Seed("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about", "TREZOR"));

    [VectorFact(TrezorPath)]
    public void AllSteps_TrezorVectors_Match()
    {
        Bip39WordList english = Bip39WordLists.English();
        using JsonDocument file = VectorJson.Open(TrezorPath);
        int count = 0;
        foreach (JsonElement test in file.RootElement.GetProperty("english").EnumerateArray())
        {
            byte[] entropy = Convert.FromHexString(test[0].GetString()!);
            string mnemonic = test[1].GetString()!;

            Assert.Equal(mnemonic, Bip39.MnemonicFrom(entropy, english));
            Assert.Equal(MnemonicStatus.Valid, Bip39.ReadEntropy(mnemonic, english, out byte[] read));
            Assert.Equal(entropy, read);
            Assert.Equal(test[2].GetString(), Seed(mnemonic, "TREZOR"));
            using ExtendedPrivateKey master = ExtendedPrivateKey.FromSeed(Convert.FromHexString(test[2].GetString()!));
            Assert.Equal(test[3].GetString(), master.Export());
            count++;
        }

        Assert.Equal(24, count);
        output.WriteLine($"{TrezorPath}: {count} mnemonics");
    }

    [Theory]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("\u212b", "A\u030a")]
    [InlineData("\uff54\uff45\uff53\uff54", "test")]
    [InlineData("\u3042\u3000\u304c", "\u3042 \u304b\u3099")]
    public void SeedFrom_OtherSpellingOfTheSameText_GivesTheSameSeed(string one, string other)
    {
        Assert.Equal(Seed(one, "x"), Seed(other, "x"));
        Assert.Equal(Seed("x", one), Seed("x", other));
        Assert.NotEqual(Seed("x", one), Seed("x", "e"));
    }

    [Fact]
    public void SeedFrom_WrongSizeOrNoUnicodeText_Throws()
    {
        Assert.Throws<ArgumentException>(() => Bip39.SeedFrom("a", "b", new byte[63]));
        Assert.Throws<ArgumentException>(() => Seed("\ud800", ""));
        Assert.Throws<ArgumentException>(() => Seed("", "\udc00x"));
        Assert.Throws<ArgumentException>(() => Seed("", "x\ufffe"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(36)]
    public void MnemonicFrom_EntropyOfAnotherLength_Throws(int length) =>
        Assert.Throws<ArgumentException>(() => Bip39.MnemonicFrom(new byte[length], Bip39WordLists.MadeUp));

    [Fact]
    public void ReadEntropy_AnyMnemonic_GivesBackItsEntropy() =>
        Gen.Int[4, 8].SelectMany(words => Gen.Byte.Array[4 * words]).Sample(
            entropy =>
            {
                string mnemonic = Bip39.MnemonicFrom(entropy, Bip39WordLists.MadeUp);
                MnemonicStatus status = Bip39.ReadEntropy(mnemonic, Bip39WordLists.MadeUp, out byte[] read);
                return status == MnemonicStatus.Valid && read.AsSpan().SequenceEqual(entropy)
                    && mnemonic.Split(' ').Length == entropy.Length * 3 / 4;
            },
            iter: 200);

    [Theory]
    [InlineData("", MnemonicStatus.BadLength)]
    [InlineData("w0000", MnemonicStatus.BadLength)]
    [InlineData("w0 w0 w0 w0 w0 w0 w0 w0 w0 w0 w0 w0", MnemonicStatus.UnknownWord)]
    [InlineData("w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0004", MnemonicStatus.BadChecksum)]
    [InlineData("w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0003", MnemonicStatus.Valid)]
    [InlineData("w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0003 ", MnemonicStatus.BadLength)]
    [InlineData("w0000  w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0003", MnemonicStatus.UnknownWord)]
    [InlineData("W0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0000 w0003", MnemonicStatus.UnknownWord)]
    public void ReadEntropy_TypedText_SaysWhatIsWrong(string mnemonic, MnemonicStatus expected)
    {
        Assert.Equal(expected, Bip39.ReadEntropy(mnemonic, Bip39WordLists.MadeUp, out byte[] entropy));
        Assert.Equal(expected == MnemonicStatus.Valid ? 16 : 0, entropy.Length);
    }

    [Fact]
    public void ReadEntropy_EveryLastWord_IsRightOnceIn16()
    {
        string eleven = string.Join(' ', Enumerable.Repeat("w0042", 11));
        int valid = Enumerable.Range(0, Bip39WordList.Count).Count(
            i => Bip39.ReadEntropy($"{eleven} {Bip39WordLists.MadeUp[i]}", Bip39WordLists.MadeUp, out _) == MnemonicStatus.Valid);

        Assert.Equal(128, valid); // 7 free bits, 4 of checksum
    }

    private static string Seed(string mnemonic, string passphrase)
    {
        var seed = new byte[Bip39.SeedSize];
        Bip39.SeedFrom(mnemonic, passphrase, seed);
        return Convert.ToHexStringLower(seed);
    }
}
