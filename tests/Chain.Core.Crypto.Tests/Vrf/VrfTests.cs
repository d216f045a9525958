using System.Numerics;
using Chain.Core.Testing;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Cases;

namespace Chain.Core.Crypto.Tests.VerifiableRandom;

[Trait("Fault", "41")]
public sealed class VrfTests
{
    private const VrfSuite Tai = VrfSuite.Edwards25519Sha512Tai;
    private const VrfSuite Elligator = VrfSuite.Edwards25519Sha512Elligator2;

    /// <summary>RFC 9381, appendices B.3 (examples 16 to 18) and B.4 (19 to 21): seed, key, input, proof, output.</summary>
    public static TheoryData<VrfSuite, string, string, string, string, string> Rfc9381 => new()
    {
        {
            Tai,
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "8657106690b5526245a92b003bb079ccd1a92130477671f6fc01ad16f26f723f26f8a57ccaed74ee1b190bed1f479d9727d2d0f9b005a6e456a35d4fb0daab1268a1b0db10836d9826a528ca76567805",
            "90cf1df3b703cce59e2a35b925d411164068269d7b2d29f3301c03dd757876ff66b71dda49d2de59d03450451af026798e8f81cd2e333de5cdf4f3e140fdd8ae"
        },
        {
            Tai,
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "f3141cd382dc42909d19ec5110469e4feae18300e94f304590abdced48aed5933bf0864a62558b3ed7f2fea45c92a465301b3bbf5e3e54ddf2d935be3b67926da3ef39226bbc355bdc9850112c8f4b02",
            "eb4440665d3891d668e7e0fcaf587f1b4bd7fbfe99d0eb2211ccec90496310eb5e33821bc613efb94db5e5b54c70a848a0bef4553a41befc57663b56373a5031"
        },
        {
            Tai,
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "9bc0f79119cc5604bf02d23b4caede71393cedfbb191434dd016d30177ccbf8096bb474e53895c362d8628ee9f9ea3c0e52c7a5c691b6c18c9979866568add7a2d41b00b05081ed0f58ee5e31b3a970e",
            "645427e5d00c62a23fb703732fa5d892940935942101e456ecca7bb217c61c452118fec1219202a0edcf038bb6373241578be7217ba85a2687f7a0310b2df19f"
        },
        {
            Elligator,
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "7d9c633ffeee27349264cf5c667579fc583b4bda63ab71d001f89c10003ab46f14adf9a3cd8b8412d9038531e865c341cafa73589b023d14311c331a9ad15ff2fb37831e00f0acaa6d73bc9997b06501",
            "9d574bf9b8302ec0fc1e21c3ec5368269527b87b462ce36dab2d14ccf80c53cccf6758f058c5b1c856b116388152bbe509ee3b9ecfe63d93c3b4346c1fbc6c54"
        },
        {
            Elligator,
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "47b327393ff2dd81336f8a2ef10339112401253b3c714eeda879f12c509072ef055b48372bb82efbdce8e10c8cb9a2f9d60e93908f93df1623ad78a86a028d6bc064dbfc75a6a57379ef855dc6733801",
            "38561d6b77b71d30eb97a062168ae12b667ce5c28caccdf76bc88e093e4635987cd96814ce55b4689b3dd2947f80e59aac7b7675f8083865b46c89b2ce9cc735"
        },
        {
            Elligator,
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "926e895d308f5e328e7aa159c06eddbe56d06846abf5d98c2512235eaa57fdce35b46edfc655bc828d44ad09d1150f31374e7ef73027e14760d42e77341fe05467bb286cc2c9d7fde29120a0b2320d04",
            "121b7f9b9aaaa29099fc04a94ba52784d44eac976dd1a3cca458733be5cd090a7b5fbd148444f17f8daf1fb55cb04b1ae85a626e30a54b4b0f8abf4a43314a58"
        },
    };

    [Theory]
    [MemberData(nameof(Rfc9381))]
    public void ProveAndVerify_SpecificationExample_Match(
        VrfSuite suite, string seed, string publicKey, string input, string proof, string output)
    {
        using var key = new VrfPrivateKey(Convert.FromHexString(seed));
        byte[] alpha = Convert.FromHexString(input);
        byte[] pi = key.Prove(suite, alpha);
        var beta = new byte[Vrf.OutputSize];

        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey.Span));
        Assert.Equal(proof, Convert.ToHexStringLower(pi));
        Assert.True(Vrf.Verify(suite, key.PublicKey.Span, alpha, pi, beta));
        Assert.Equal(output, Convert.ToHexStringLower(beta));
        beta.AsSpan().Clear();
        Assert.True(Vrf.TryProofToHash(suite, pi, beta));
        Assert.Equal(output, Convert.ToHexStringLower(beta));
        Assert.False(Vrf.Verify(Other(suite), key.PublicKey.Span, alpha, pi, beta));
    }

    [Fact]
    public void Prove_RandomKeysAndInputs_VerifyAndOthersDoNot()
    {
        var random = new Random(70);
        for (int i = 0; i < 60; i++)
        {
            VrfSuite suite = i % 2 == 0 ? Tai : Elligator;
            using VrfPrivateKey key = Key(random);
            var input = new byte[i == 59 ? 5000 : random.Next(120)];
            random.NextBytes(input);
            byte[] proof = key.Prove(suite, input);
            var output = new byte[64];

            Assert.True(Vrf.Verify(suite, key.PublicKey.Span, input, proof, output));
            Assert.Equal(proof, key.Prove(suite, input));
            Assert.False(Vrf.Verify(suite, key.PublicKey.Span, [.. input, 0], proof, output));
            using VrfPrivateKey other = Key(random);
            Assert.False(Vrf.Verify(suite, other.PublicKey.Span, input, proof, output));
        }
    }

    [Theory]
    [InlineData(Tai)]
    [InlineData(Elligator)]
    public void Verify_EveryBitOfProofAndKeyFlipped_IsFalseAndWritesNothing(VrfSuite suite)
    {
        using VrfPrivateKey key = Key(new Random(71));
        byte[] proof = key.Prove(suite, "alpha"u8), publicKey = key.PublicKey.ToArray();
        var output = new byte[64];
        for (int bit = 0; bit < 8 * Vrf.ProofSize; bit++)
        {
            proof[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Vrf.Verify(suite, publicKey, "alpha"u8, proof, output));
            proof[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (int bit = 0; bit < 256; bit++)
        {
            publicKey[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Vrf.Verify(suite, publicKey, "alpha"u8, proof, output));
            publicKey[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(new byte[64], output);
        Assert.True(Vrf.Verify(suite, publicKey, "alpha"u8, proof, output));
    }

    /// <summary>The proof with s + L satisfies the equation as well: it must not be another proof.</summary>
    [Fact]
    public void Verify_ScalarFromTheOrderOn_IsFalse()
    {
        using VrfPrivateKey key = Key(new Random(72));
        byte[] proof = key.Prove(Tai, "alpha"u8);
        BigInteger s = Number(proof.AsSpan(48));
        for (int times = 1; times < 8; times++)
        {
            byte[] spelling = [.. proof[..48], .. Bytes(s + (times * Order))];
            Assert.False(Vrf.Verify(Tai, key.PublicKey.Span, "alpha"u8, spelling, new byte[64]));
            Assert.False(Vrf.TryProofToHash(Tai, spelling, new byte[64]));
        }
    }

    /// <summary>
    /// A holder of the key can add a point of small order to Γ, and so has more than one proof; the output must be the same,
    /// because only 8·Γ goes into it.
    /// </summary>
    [Theory]
    [InlineData(Tai)]
    [InlineData(Elligator)]
    public void Verify_GammaWithTorsion_ShowsTheSameOutput(VrfSuite suite)
    {
        var random = new Random(73);
        for (int i = 0; i < 10; i++)
        {
            var seed = new byte[32];
            random.NextBytes(seed);
            using var key = new VrfPrivateKey(seed);
            byte[] honest = key.Prove(suite, "alpha"u8), forged = TorsionProof.Make(suite, seed, "alpha"u8, random);
            byte[] expected = new byte[64], output = new byte[64];

            Assert.True(Vrf.Verify(suite, key.PublicKey.Span, "alpha"u8, honest, expected));
            Assert.True(Vrf.Verify(suite, key.PublicKey.Span, "alpha"u8, forged, output));
            Assert.NotEqual(honest, forged);
            Assert.Equal(expected, output);
        }
    }

    /// <summary>All encodings of points of small order, canonical and not (RFC 9381, section 5.6.1).</summary>
    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    public void PublicKey_OfSmallOrderOrNotCanonical_IsRefused(string publicKey)
    {
        byte[] key = Convert.FromHexString(publicKey);
        using VrfPrivateKey other = Key(new Random(74));

        Assert.False(Vrf.IsValidPublicKey(key));
        Assert.False(Vrf.Verify(Tai, key, [], other.Prove(Tai, []), new byte[64]));
        Assert.True(Vrf.IsValidPublicKey(other.PublicKey.Span));
    }

    /// <summary>Γ in an encoding with y ≥ p, or −0, or of small order: no second spelling of a proof, no free choice of Γ.</summary>
    [Theory]
    [InlineData(Tai)]
    [InlineData(Elligator)]
    public void Verify_GammaNotCanonicalOrOfSmallOrder_IsFalse(VrfSuite suite)
    {
        using VrfPrivateKey key = Key(new Random(79));
        byte[] honest = key.Prove(suite, "alpha"u8);
        BigInteger prime = BigInteger.Pow(2, 255) - 19;
        int decoded = 0;
        for (int y = 0; y < 19; y++)
        {
            foreach (BigInteger spelling in new[] { y, prime + y, y + (BigInteger.One << 255), prime + y + (BigInteger.One << 255) })
            {
                byte[] proof = [.. Bytes(spelling), .. honest[32..]];
                Assert.False(Vrf.Verify(suite, key.PublicKey.Span, "alpha"u8, proof, new byte[64]));
                bool isCanonical = spelling % (BigInteger.One << 255) < prime;
                bool reads = Vrf.TryProofToHash(suite, proof, new byte[64]);
                Assert.False(reads && !isCanonical);
                decoded += reads ? 1 : 0;
            }
        }

        Assert.NotEqual(0, decoded); // some small y are points: it is the spelling that is refused
        foreach (string small in new[]
        {
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        })
        {
            byte[] proof = [.. Convert.FromHexString(small), .. honest[32..]];
            Assert.False(Vrf.Verify(suite, key.PublicKey.Span, "alpha"u8, proof, new byte[64]));
        }
    }

    /// <summary>Grinding: whatever a holder of the key varies, one input has one output.</summary>
    [Theory]
    [InlineData(Tai)]
    [InlineData(Elligator)]
    public void Verify_ManyProofsOfOneInput_ShowOneOutput(VrfSuite suite)
    {
        var random = new Random(81);
        var seed = new byte[32];
        random.NextBytes(seed);
        using var key = new VrfPrivateKey(seed);
        var outputs = new HashSet<string>();
        var proofs = new HashSet<string>();
        for (int i = 0; i < LongRun.Count(ordinary: 30, perFactor: 1_000); i++)
        {
            byte[] proof = i == 0 ? key.Prove(suite, "alpha"u8) : TorsionProof.Make(suite, seed, "alpha"u8, random);
            var output = new byte[64];
            Assert.True(Vrf.Verify(suite, key.PublicKey.Span, "alpha"u8, proof, output));
            outputs.Add(Convert.ToHexString(output));
            proofs.Add(Convert.ToHexString(proof));
        }

        Assert.True(proofs.Count > 20);
        Assert.Single(outputs);
    }

    /// <summary>Under a key of order 1 a prover could pick Γ, and with it the output.</summary>
    [Fact]
    public void Verify_GrindingUnderTheIdentityKey_IsFalse()
    {
        byte[] identity = Bytes(1);
        for (int s = 1; s < 20; s++)
        {
            byte[] proof = [.. identity, .. new byte[16], .. Bytes(s)];
            Assert.False(Vrf.Verify(Tai, identity, "alpha"u8, proof, new byte[64]));
        }
    }

    [Fact]
    public void Verify_WrongLengths_AreFalse()
    {
        using VrfPrivateKey key = Key(new Random(75));
        byte[] proof = key.Prove(Tai, []);
        var output = new byte[64];
        for (int length = 0; length < 100; length++)
        {
            byte[] resized = proof, resizedKey = key.PublicKey.ToArray();
            Array.Resize(ref resized, length);
            Array.Resize(ref resizedKey, length);
            Assert.Equal(length == 80, Vrf.Verify(Tai, key.PublicKey.Span, [], resized, output));
            Assert.Equal(length == 80, Vrf.TryProofToHash(Tai, resized, output));
            Assert.Equal(length == 32, Vrf.Verify(Tai, resizedKey, [], proof, output));
            Assert.Equal(length == 32, Vrf.IsValidPublicKey(resizedKey));
        }
    }

    [Fact]
    public void Verify_RandomBytes_AreFalse()
    {
        var random = new Random(76);
        using VrfPrivateKey key = Key(random);
        var proof = new byte[80];
        for (int i = 0; i < 200; i++)
        {
            random.NextBytes(proof);
            proof[79] &= 0x0f;
            Assert.False(Vrf.Verify(Elligator, key.PublicKey.Span, [], proof, new byte[64]));
        }
    }

    [Theory]
    [ClassData(typeof(Hashing.CryptoPathData))]
    public void VerifyMany_GoodAndBadOnEveryPath_EachVerdictAndOutputIsExact(CryptoPath path)
    {
        var random = new Random(78);
        using VrfPrivateKey key = Key(random);
        foreach (VrfSuite suite in new[] { Tai, Elligator })
        {
            var good = new VrfClaim(key.PublicKey, "alpha"u8.ToArray(), key.Prove(suite, "alpha"u8));
            VrfClaim[] claims =
                [good, good with { Input = default }, good with { Proof = new byte[80] }, good with { PublicKey = new byte[32] }, default, good];
            bool[] verdicts = new bool[7], expected = [true, false, false, false, false, true, true];
            verdicts[6] = true;
            byte[] outputs = [.. Enumerable.Repeat((byte)0xff, 7 * 64)], output = new byte[64];
            Assert.True(Vrf.Verify(suite, key.PublicKey.Span, "alpha"u8, good.Proof.Span, output));

            Vrf.VerifyMany(suite, claims, verdicts, outputs, path);

            Assert.Equal(expected, verdicts);
            Assert.Equal([.. output, .. new byte[4 * 64], .. output, .. Enumerable.Repeat((byte)0xff, 64)], outputs);
        }
    }

    [Fact]
    public void VerifyMany_TooLittleRoom_Throws()
    {
        var claims = new VrfClaim[2];
        Assert.Throws<ArgumentException>(() => Vrf.VerifyMany(Tai, claims, new bool[1], new byte[128]));
        Assert.Throws<ArgumentException>(() => Vrf.VerifyMany(Tai, claims, new bool[2], new byte[127]));
        Assert.Throws<ArgumentException>(() => Vrf.VerifyMany((VrfSuite)5, claims, new bool[2], new byte[128]));
    }

    [Fact]
    public void Arguments_OfTheCaller_AreChecked()
    {
        using VrfPrivateKey key = Key(new Random(77));
        byte[] proof = key.Prove(Tai, []);

        Assert.Throws<ArgumentException>(() => new VrfPrivateKey(new byte[31]));
        Assert.Throws<ArgumentException>(() => new VrfPrivateKey(new byte[64]));
        Assert.Throws<ArgumentException>(() => key.Prove((VrfSuite)1, []));
        Assert.Throws<ArgumentException>(() => Vrf.Verify((VrfSuite)2, key.PublicKey.Span, [], proof, new byte[64]));
        Assert.Throws<ArgumentException>(() => Vrf.Verify(Tai, key.PublicKey.Span, [], proof, new byte[63]));
        Assert.Throws<ArgumentException>(() => Vrf.TryProofToHash(Tai, proof, new byte[63]));
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Prove(Tai, []));
    }

    private static VrfSuite Other(VrfSuite suite) => suite == Tai ? Elligator : Tai;

    private static VrfPrivateKey Key(Random random)
    {
        var seed = new byte[32];
        random.NextBytes(seed);
        return new VrfPrivateKey(seed);
    }
}
