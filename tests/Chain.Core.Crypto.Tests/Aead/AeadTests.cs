using System.Text;
using System.Text.Json;
using Chain.Core.Testing;
using CsCheck;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Aeads;

public sealed class AeadTests(ITestOutputHelper output)
{
    [Fact] // RFC 8439 §2.8.2
    public void Seal_ChaCha20Poly1305SpecificationExample_Matches()
    {
        byte[] key = Convert.FromHexString("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
        byte[] nonce = Convert.FromHexString("070000004041424344454647");
        byte[] associated = Convert.FromHexString("50515253c0c1c2c3c4c5c6c7");
        byte[] plaintext = Encoding.ASCII.GetBytes(
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.");
        const string Expected =
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
            + "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
            + "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691";

        Check(AeadAlgorithm.ChaCha20Poly1305, key, nonce, associated, plaintext, Expected);
    }

    [Fact] // draft-irtf-cfrg-xchacha-03 §A.3.1
    public void Seal_XChaCha20Poly1305SpecificationExample_Matches()
    {
        byte[] key = Convert.FromHexString("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
        byte[] nonce = Convert.FromHexString("404142434445464748494a4b4c4d4e4f5051525354555657");
        byte[] associated = Convert.FromHexString("50515253c0c1c2c3c4c5c6c7");
        byte[] plaintext = Encoding.ASCII.GetBytes(
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.");
        const string Expected =
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
            + "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
            + "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49";

        Check(AeadAlgorithm.XChaCha20Poly1305, key, nonce, associated, plaintext, Expected);
    }

    [Fact] // McGrew and Viega, The Galois/Counter Mode of Operation, appendix B, test case 16
    public void Seal_Aes256GcmSpecificationExample_Matches() =>
        Check(
            AeadAlgorithm.Aes256Gcm,
            Convert.FromHexString("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
            Convert.FromHexString("cafebabefacedbaddecaf888"),
            Convert.FromHexString("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
            Convert.FromHexString(
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"),
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            + "76fc6ece0f4e1768cddf8853bb2d551b");

    [VectorFact("aead/wycheproof_chacha20_poly1305_test.json")]
    public void Open_WycheproofChaCha20Poly1305_Matches() =>
        RunWycheproof("aead/wycheproof_chacha20_poly1305_test.json", AeadAlgorithm.ChaCha20Poly1305, expectedCount: 325);

    [VectorFact("aead/wycheproof_aes_gcm_test.json")]
    public void Open_WycheproofAesGcm_Matches() =>
        RunWycheproof("aead/wycheproof_aes_gcm_test.json", AeadAlgorithm.Aes256Gcm, expectedCount: 316);

    [VectorFact("fresh/aead.json")]
    public void Open_FreshVectors_Match()
    {
        using JsonDocument file = VectorJson.Open("fresh/aead.json");
        int count = 0;
        foreach (JsonElement test in VectorJson.Cases(file))
        {
            AeadAlgorithm algorithm = Enum.Parse<AeadAlgorithm>(test.Text("alg"), ignoreCase: true);
            using var aead = new Aead(algorithm, test.Hex("key"));
            byte[] sealedMessage = test.Hex("ct_and_tag");
            var plaintext = new byte[sealedMessage.Length - Aead.TagSize];
            bool valid = test.GetProperty("valid").GetBoolean();

            Assert.Equal(valid, aead.TryOpen(test.Hex("nonce"), sealedMessage, test.Hex("aad"), plaintext));
            if (valid)
            {
                Check(algorithm, test.Hex("key"), test.Hex("nonce"), test.Hex("aad"), test.Hex("pt"), test.Text("ct_and_tag"));
            }

            count++;
        }

        Assert.NotEqual(0, count);
        output.WriteLine($"fresh/aead.json: {count} vectors");
    }

    [Theory]
    [InlineData(AeadAlgorithm.ChaCha20Poly1305)]
    [InlineData(AeadAlgorithm.Aes256Gcm)]
    [InlineData(AeadAlgorithm.XChaCha20Poly1305)]
    public void TryOpen_EveryBitFlippedAndEveryTruncation_IsRefusedWithZeros(AeadAlgorithm algorithm)
    {
        using var aead = new Aead(algorithm, new byte[Aead.KeySize]);
        var nonce = new byte[aead.NonceSize];
        byte[] associated = [1, 2, 3];
        byte[] plaintext = "every bit counts"u8.ToArray();
        var sealedMessage = new byte[plaintext.Length + Aead.TagSize];
        aead.Seal(nonce, plaintext, associated, sealedMessage);

        foreach (byte[] bytes in new[] { sealedMessage, nonce, associated })
        {
            for (int bit = 0; bit < 8 * bytes.Length; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                byte[] opened = [.. plaintext];
                Assert.False(aead.TryOpen(nonce, sealedMessage, associated, opened));
                Assert.All(opened, value => Assert.Equal(0, value));
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        for (int length = 0; length < sealedMessage.Length; length++)
        {
            Assert.False(aead.TryOpen(nonce, sealedMessage.AsSpan(0, length), associated, new byte[plaintext.Length]));
        }

        Assert.True(aead.TryOpen(nonce, sealedMessage, associated, new byte[plaintext.Length]));
    }

    [Theory]
    [InlineData(AeadAlgorithm.ChaCha20Poly1305)]
    [InlineData(AeadAlgorithm.Aes256Gcm)]
    public void Seal_PlatformAndPortable_AgreeAndWorkInPlace(AeadAlgorithm algorithm) =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[12], Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 300]).Sample(
            (key, nonce, associated, plaintext) =>
            {
                using var aead = new Aead(algorithm, key);
                using var portable = new PortableAead(algorithm, key);
                var expected = new byte[plaintext.Length + Aead.TagSize];
                portable.Seal(nonce, plaintext, associated, expected);

                var buffer = new byte[plaintext.Length + Aead.TagSize];
                plaintext.CopyTo(buffer, 0);
                aead.Seal(nonce, buffer.AsSpan(0, plaintext.Length), associated, buffer);
                bool same = buffer.AsSpan().SequenceEqual(expected);
                bool opened = aead.TryOpen(nonce, buffer, associated, buffer);
                var other = new byte[plaintext.Length];
                return same && opened && buffer.AsSpan(0, plaintext.Length).SequenceEqual(plaintext)
                    && portable.TryOpen(nonce, expected, associated, other) && other.AsSpan().SequenceEqual(plaintext);
            },
            iter: LongRun.Count(200, 20_000),
            seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Aead_WrongLengths_Throw()
    {
        Assert.Throws<ArgumentException>(() => new Aead(AeadAlgorithm.Aes256Gcm, new byte[16]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Aead((AeadAlgorithm)9, new byte[32]));
        using var aead = new Aead(AeadAlgorithm.ChaCha20Poly1305, new byte[32]);
        Assert.Throws<ArgumentException>(() => aead.Seal(new byte[24], new byte[1], default, new byte[17]));
        Assert.Throws<ArgumentException>(() => aead.Seal(new byte[12], new byte[1], default, new byte[18]));
        Assert.Throws<ArgumentException>(() => aead.TryOpen(new byte[11], new byte[17], default, new byte[1]));
        Assert.Throws<ArgumentException>(() => aead.TryOpen(new byte[12], new byte[17], default, []));
    }

    private void RunWycheproof(string path, AeadAlgorithm algorithm, int expectedCount)
    {
        using JsonDocument file = VectorJson.Open(path);
        int run = 0;
        int foreign = 0;
        foreach ((JsonElement group, JsonElement test) in VectorJson.Wycheproof(file))
        {
            byte[] key = test.Hex("key");
            byte[] nonce = test.Hex("iv");
            byte[] sealedMessage = [.. test.Hex("ct"), .. test.Hex("tag")];
            var plaintext = new byte[test.Hex("msg").Length];
            if (group.Number("keySize") != 256 || group.Number("ivSize") != 96)
            {
                // Other sizes of keys and nonces are a caller's error here.
                Assert.Throws<ArgumentException>(() =>
                {
                    using var refused = new Aead(algorithm, key);
                    refused.TryOpen(nonce, sealedMessage, default, plaintext);
                });
                foreign++;
                continue;
            }

            using var aead = new Aead(algorithm, key);
            bool valid = test.Text("result") == "valid";
            Assert.True(
                valid == aead.TryOpen(nonce, sealedMessage, test.Hex("aad"), plaintext), $"case {test.Number("tcId")}");
            if (valid)
            {
                Assert.Equal(test.Hex("msg"), plaintext);
                Check(algorithm, key, nonce, test.Hex("aad"), plaintext, Convert.ToHexStringLower(sealedMessage));
            }

            run++;
        }

        Assert.Equal(expectedCount, run + foreign);
        Assert.True(run > 60);
        output.WriteLine($"{path}: {run} vectors, and {foreign} with other sizes refused");
    }

    private static void Check(
        AeadAlgorithm algorithm, byte[] key, byte[] nonce, byte[] associated, byte[] plaintext, string expected)
    {
        using var aead = new Aead(algorithm, key);
        var sealedMessage = new byte[plaintext.Length + Aead.TagSize];
        aead.Seal(nonce, plaintext, associated, sealedMessage);
        Assert.Equal(expected, Convert.ToHexStringLower(sealedMessage));

        var opened = new byte[plaintext.Length];
        Assert.True(aead.TryOpen(nonce, sealedMessage, associated, opened));
        Assert.Equal(plaintext, opened);
    }
}
