using System.Numerics;
using Chain.Core.Testing;
using static Chain.Core.Crypto.Tests.Secp256k1.SecpNumbers;

namespace Chain.Core.Crypto.Tests.Signatures;

public sealed class SchnorrSecp256k1Tests
{
    /// <summary>BIP-340, test vectors 0 and 1, and 15: an empty message.</summary>
    [Theory]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000003",
        "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "e907831f80848d1069a5371b402410364bdf1c5f8307b0084c55f1ce2dca821525f66a4a85ea8b71e482a74f382d2ce5ebeee8fdb2172f477df4900d310536c0")]
    [InlineData(
        "b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef",
        "dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659",
        "0000000000000000000000000000000000000000000000000000000000000001",
        "243f6a8885a308d313198a2e03707344a4093822299f31d0082efa98ec4e6c89",
        "6896bd60eeae296db48a229ff71dfe071bde413e6d43f917dc8dcf8c78de33418906d11ac976abccb20b091292bff4ea897efcb639ea871cfa95f6de339e4b0a")]
    [InlineData(
        "0340034003400340034003400340034003400340034003400340034003400340",
        "778caa53b4393ac467774d09497a87224bf9fab6f6e68b23086497324d6fd117",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "",
        "71535db165ecd9fbbc046e5ffaea61186bb6ad436732fccc25291a55895464cf6069ce26bf03466228f19a3a62db8a649f2d560fac652827d1af0574e427ab63")]
    public void SignAndVerify_SpecificationExample_Match(
        string secret, string publicKey, string auxiliary, string message, string signature)
    {
        using var key = new SchnorrSecp256k1PrivateKey(Convert.FromHexString(secret));
        byte[] bytes = Convert.FromHexString(message);

        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey.Span));
        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(bytes, Convert.FromHexString(auxiliary))));
        Assert.True(SchnorrSecp256k1.Verify(key.PublicKey.Span, bytes, Convert.FromHexString(signature)));
        Assert.False(SchnorrSecp256k1.Verify(key.PublicKey.Span, [.. bytes, 0], Convert.FromHexString(signature)));
    }

    [Fact]
    public void VerifyMany_RandomGoodAndBad_VerdictsAreExactAndThoseOfVerify()
    {
        int count = LongRun.Count(200, 200_000);
        var random = new Random(50);
        for (int done = 0; done < count; done += 50)
        {
            var claims = new SignatureClaim[50];
            var expected = new bool[50];
            for (int i = 0; i < claims.Length; i++)
            {
                expected[i] = random.Next(3) != 0;
                claims[i] = expected[i] ? Signed(random) : Spoil(Signed(random), random);
            }

            var verdicts = new bool[50];
            SchnorrSecp256k1.VerifyMany(claims, verdicts);

            Assert.Equal(expected, verdicts);
            Assert.Equal(expected, claims.Select(c => SchnorrSecp256k1.Verify(c.PublicKey.Span, c.Message.Span, c.Signature.Span)));
        }
    }

    [Fact]
    public void Verify_EveryBitFlipped_IsFalse()
    {
        SignatureClaim good = Signed(new Random(51));
        for (int bit = 0; bit < 512; bit++)
        {
            Assert.False(SchnorrSecp256k1.Verify(good.PublicKey.Span, good.Message.Span, Flip(good.Signature, bit)));
            Assert.False(SchnorrSecp256k1.Verify(Flip(good.PublicKey, bit % 256), good.Message.Span, good.Signature.Span));
        }
    }

    /// <summary>−R has the same x: only the parity of y tells, in the shared inversion too.</summary>
    [Fact]
    public void VerifyMany_ROfOddY_IsFalse()
    {
        SignatureClaim good = Signed(new Random(52));
        byte[] challenge = SchnorrEquation.ChallengeOf(good.Signature.Span[..32], good.PublicKey.Span, good.Message.Span).ToArray();

        // s' = 2·e·d − s gives s'·G − e·P = e·P − s·G = −R; e·d = s − k is not known here, so sign with the key at hand.
        BigInteger secret = 12345;
        using var key = new SchnorrSecp256k1PrivateKey(Bytes(secret));
        byte[] signature = key.Sign(good.Message.Span);
        challenge = SchnorrEquation.ChallengeOf(signature.AsSpan(0, 32), key.PublicKey.Span, good.Message.Span).ToArray();
        BigInteger s = Number(signature.AsSpan(32)), e = Number(challenge) % N;
        foreach (BigInteger d in new[] { secret, N - secret })
        {
            BigInteger other = ((2 * e * d) - s) % N;
            byte[] forged = [.. signature[..32], .. Bytes(other.Sign < 0 ? other + N : other)];
            var claim = new SignatureClaim(key.PublicKey, good.Message, forged);
            var verdicts = new bool[3];

            SchnorrSecp256k1.VerifyMany([good, claim, good], verdicts);

            Assert.Equal([true, false, true], verdicts);
            Assert.False(SchnorrSecp256k1.Verify(key.PublicKey.Span, good.Message.Span, forged));
        }
    }

    [Theory]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    [InlineData(0, 0)]
    public void Verify_WrongLength_IsFalse(int keyLength, int signatureLength)
    {
        SignatureClaim good = Signed(new Random(53));
        byte[] key = good.PublicKey.ToArray(), signature = good.Signature.ToArray();
        Array.Resize(ref key, keyLength);
        Array.Resize(ref signature, signatureLength);

        Assert.False(SchnorrSecp256k1.Verify(key, good.Message.Span, signature));
        var verdicts = new bool[40];
        SchnorrSecp256k1.Scheme.VerifyMany(
            [.. Enumerable.Repeat(good, 20), new SignatureClaim(key, good.Message, signature), .. Enumerable.Repeat(good, 19)], verdicts);
        Assert.Equal([.. Enumerable.Repeat(true, 20), false, .. Enumerable.Repeat(true, 19)], verdicts);
    }

    [Fact]
    public void VerifyMany_NothingOrTooFewVerdicts_DoesNothingOrThrows()
    {
        SchnorrSecp256k1.VerifyMany([], []);
        Assert.Throws<ArgumentException>(() => SchnorrSecp256k1.VerifyMany(new SignatureClaim[2], new bool[1]));
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(5000)]
    public void Sign_MessagesAroundTheStackLimit_Verify(int length)
    {
        using var key = new SchnorrSecp256k1PrivateKey(Bytes(77));
        var message = new byte[length];
        byte[] signature = key.Sign(message);

        Assert.True(SchnorrSecp256k1.Verify(key.PublicKey.Span, message, signature));
        message[^1] = 1;
        Assert.False(SchnorrSecp256k1.Verify(key.PublicKey.Span, message, signature));
    }

    [Fact]
    public void Scheme_NamesItsTagAndSizes()
    {
        ISignatureScheme scheme = SchnorrSecp256k1.Scheme;
        using var key = new SchnorrSecp256k1PrivateKey(Bytes(7));

        Assert.Equal(SignatureSchemeTag.SchnorrSecp256k1, scheme.Tag);
        Assert.Equal(scheme.Tag, key.Scheme);
        Assert.Equal(scheme.PublicKeySize, key.PublicKey.Length);
        Assert.Equal(scheme.SignatureSize, key.Sign([]).Length);
        Assert.True(scheme.Verify(key.PublicKey.Span, [], key.Sign([])));
    }

    [Fact]
    public void PrivateKey_BadArgumentsAndDisposal_Throw()
    {
        foreach (byte[] secret in new[] { Bytes(0), Bytes(N), new byte[31], new byte[33] })
        {
            Assert.Throws<ArgumentException>(() => new SchnorrSecp256k1PrivateKey(secret));
        }

        var key = new SchnorrSecp256k1PrivateKey(Bytes(9));
        Assert.Throws<ArgumentException>(() => key.Sign([1], new byte[31]));
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign([1]));
    }

    private static SignatureClaim Signed(Random random)
    {
        using var key = new SchnorrSecp256k1PrivateKey(Bytes(1 + Secp256k1.SecpNumbers.Random(random, N - 1)));
        var message = new byte[random.Next(300)];
        random.NextBytes(message);
        return new SignatureClaim(key.PublicKey, message, key.Sign(message));
    }

    private static SignatureClaim Spoil(SignatureClaim good, Random random) => random.Next(3) switch
    {
        0 => good with { Signature = Flip(good.Signature, random.Next(512)) },
        1 => good with { PublicKey = Flip(good.PublicKey, random.Next(256)) },
        _ => good with { Message = new byte[301] },
    };

    private static byte[] Flip(ReadOnlyMemory<byte> bytes, int bit)
    {
        byte[] copy = bytes.ToArray();
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }
}
