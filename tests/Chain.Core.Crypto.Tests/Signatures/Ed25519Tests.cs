using static Chain.Core.Crypto.Tests.Signatures.Ed25519Paths;

namespace Chain.Core.Crypto.Tests.Signatures;

public sealed class Ed25519Tests
{
    /// <summary>RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc).</summary>
    public static TheoryData<string, string, string, string> Rfc8032 => new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    [Theory]
    [MemberData(nameof(Rfc8032))]
    public void SignAndVerify_SpecificationExample_Match(string seed, string publicKey, string message, string signature)
    {
        using var key = new Ed25519PrivateKey(Convert.FromHexString(seed));

        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey.Span));
        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(Convert.FromHexString(message))));
        Expect([(Claim(publicKey, message, signature), true), (Claim(publicKey, message + "00", signature), false)]);
    }

    [Theory]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    [InlineData(0, 0)]
    [InlineData(32, 0)]
    [InlineData(0, 64)]
    public void Verify_WrongLength_IsFalse(int keyLength, int signatureLength)
    {
        (SignatureClaim good, _) = Ed25519Cases.Signed(new Random(1), 10);
        byte[] key = good.PublicKey.ToArray();
        byte[] signature = good.Signature.ToArray();
        Array.Resize(ref key, keyLength);
        Array.Resize(ref signature, signatureLength);

        // Beside a good claim, so that a lane of its own does not spoil its neighbours.
        Expect([(good, true), (new SignatureClaim(key, good.Message, signature), false), (good, true)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(17)]
    [InlineData(100)]
    public void VerifyMany_AnyCount_EveryVerdictIsExact(int count)
    {
        var random = new Random(count);
        var cases = new List<(SignatureClaim, bool)>();
        for (int i = 0; i < count; i++)
        {
            (SignatureClaim good, SignatureClaim bad) = Ed25519Cases.Signed(random, random.Next(400));
            bool valid = random.Next(3) != 0;
            cases.Add((valid ? good : bad, valid));
        }

        Expect(cases);
    }

    [Fact]
    public void VerifyMany_MoreVerdictsThanClaims_LeavesTheRestAlone()
    {
        (SignatureClaim good, SignatureClaim bad) = Ed25519Cases.Signed(new Random(5), 40);
        foreach (CryptoPath path in Supported)
        {
            bool[] verdicts = [false, true, true, false];

            Ed25519.VerifyMany([good, bad], verdicts, path);

            Assert.Equal([true, false, true, false], verdicts);
        }
    }

    [Fact]
    public void VerifyMany_FewerVerdictsThanClaims_Throws() =>
        Assert.Throws<ArgumentException>(() => Ed25519.VerifyMany(new SignatureClaim[2], new bool[1]));

    [Fact]
    public void VerifyMany_MessageLengthsAroundBlocks_AreExact()
    {
        var random = new Random(6);
        var cases = new List<(SignatureClaim, bool)>();
        foreach (int length in new[] { 0, 1, 46, 47, 48, 63, 64, 65, 111, 112, 175, 176, 177, 303, 304, 959, 960, 961, 5000 })
        {
            (SignatureClaim good, SignatureClaim bad) = Ed25519Cases.Signed(random, length);
            cases.Add((good, true));
            cases.Add((bad, false));
        }

        Expect(cases);
    }

    [Fact]
    public void Scheme_VerifyMany_IsTheSame()
    {
        (SignatureClaim good, SignatureClaim bad) = Ed25519Cases.Signed(new Random(7), 40);
        var verdicts = new bool[3];

        Ed25519.Scheme.VerifyMany([good, bad, good], verdicts);

        Assert.Equal([true, false, true], verdicts);
    }
}
