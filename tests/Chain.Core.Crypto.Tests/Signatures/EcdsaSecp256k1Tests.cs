using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Chain.Core.Testing;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using static Chain.Core.Crypto.Tests.Secp256k1.SecpNumbers;

namespace Chain.Core.Crypto.Tests.Signatures;

public sealed class EcdsaSecp256k1Tests
{
    /// <summary>The widely published RFC 6979 examples for secp256k1 with SHA-256 (RFC 6979 itself has no secp256k1).</summary>
    [Theory]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000001", "Satoshi Nakamoto",
        "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5")]
    [InlineData(
        "0000000000000000000000000000000000000000000000000000000000000001", "All those moments will be lost in time, like tears in rain. Time to die...",
        "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21")]
    public void Sign_PublishedExample_Matches(string secret, string message, string signature)
    {
        using var key = new EcdsaSecp256k1PrivateKey(Convert.FromHexString(secret));
        byte[] bytes = Encoding.ASCII.GetBytes(message);

        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(bytes)));
        Assert.True(EcdsaSecp256k1.Verify(key.PublicKey.Span, bytes, Convert.FromHexString(signature)));
    }

    [Fact]
    public void PublicKey_OfOne_IsTheBasePoint()
    {
        using var key = new EcdsaSecp256k1PrivateKey(Bytes(1));

        Assert.Equal("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", Convert.ToHexStringLower(key.PublicKey.Span));
    }

    [Fact]
    public void VerifyMany_RandomGoodAndBad_AgreesWithBouncyCastle()
    {
        int count = LongRun.Count(200, 200_000);
        var random = new Random(40);
        for (int done = 0; done < count; done += 50)
        {
            SignatureClaim[] claims = [.. Enumerable.Range(0, 50).Select(_ => Claim(random))];
            var verdicts = new bool[50];
            EcdsaSecp256k1.VerifyMany(claims, verdicts);
            for (int i = 0; i < claims.Length; i++)
            {
                SignatureClaim claim = claims[i];
                Assert.Equal(PeerVerifies(claim), verdicts[i]);
                Assert.Equal(verdicts[i], EcdsaSecp256k1.Verify(claim.PublicKey.Span, claim.Message.Span, claim.Signature.Span));
            }

            Assert.Contains(true, verdicts);
            Assert.Contains(false, verdicts);
        }
    }

    [Fact]
    public void Verify_HighS_IsFalseThoughItsNegativeHolds()
    {
        SignatureClaim good = Signed(new Random(41));
        byte[] other = good.Signature.ToArray();
        Bytes(N - Number(other.AsSpan(32))).CopyTo(other, 32);

        Assert.True(EcdsaSecp256k1.Verify(good.PublicKey.Span, good.Message.Span, good.Signature.Span));
        Assert.False(EcdsaSecp256k1.Verify(good.PublicKey.Span, good.Message.Span, other));
    }

    [Fact]
    public void Verify_EveryBitOfASignatureAndKeyFlipped_IsFalse()
    {
        SignatureClaim good = Signed(new Random(42));
        for (int bit = 0; bit < 8 * 64; bit++)
        {
            Assert.False(EcdsaSecp256k1.Verify(good.PublicKey.Span, good.Message.Span, Flip(good.Signature, bit)));
        }

        for (int bit = 0; bit < 8 * 33; bit++)
        {
            Assert.False(EcdsaSecp256k1.Verify(Flip(good.PublicKey, bit), good.Message.Span, good.Signature.Span));
        }
    }

    [Fact]
    public void Verify_RangesOfRAndS_AreStrict()
    {
        SignatureClaim good = Signed(new Random(43));
        byte[] r = good.Signature[..32].ToArray(), s = good.Signature[32..].ToArray();
        foreach (BigInteger bad in new[] { 0, N, N + 1, P, BigInteger.Pow(2, 256) - 1 })
        {
            Assert.False(EcdsaSecp256k1.Verify(good.PublicKey.Span, good.Message.Span, [.. Bytes(bad), .. s]));
            Assert.False(EcdsaSecp256k1.Verify(good.PublicKey.Span, good.Message.Span, [.. r, .. Bytes(bad)]));
        }
    }

    /// <summary>R's x is in [n, p): the one case in which r is not x itself. Made backwards, from R to the key.</summary>
    [Fact]
    public void VerifyHash_XOfRAboveTheOrder_IsTrue()
    {
        SecpAffinePoint point;
        BigInteger r = 0;
        do
        {
            r++;
        }
        while (!SecpAffinePoint.TryLift(Bytes(N + r), false, out point));

        // With s = 1 and hash h the equation is h·G + r·P = R, so P = (R − h·G) / r.
        Org.BouncyCastle.Asn1.X9.X9ECParameters curve = Org.BouncyCastle.Crypto.EC.CustomNamedCurves.GetByName("secp256k1");
        var encoded = new byte[33];
        point.Encode(encoded);
        byte[] hash = SHA256.HashData("x of R above n"u8);
        var inverse = new Org.BouncyCastle.Math.BigInteger(1, Bytes(r)).ModInverse(curve.N);
        byte[] key = curve.Curve.DecodePoint(encoded)
            .Subtract(curve.G.Multiply(new Org.BouncyCastle.Math.BigInteger(1, hash))).Multiply(inverse).GetEncoded(true);

        Assert.True(EcdsaSecp256k1.VerifyHash(key, hash, [.. Bytes(r), .. Bytes(1)]));
        Assert.False(EcdsaSecp256k1.VerifyHash(key, hash, [.. Bytes(r + 1), .. Bytes(1)]));
        Assert.False(EcdsaSecp256k1.VerifyHash(key, hash, [.. Bytes(N + r), .. Bytes(1)]));
    }

    [Theory]
    [InlineData(32, 32, 64)]
    [InlineData(34, 32, 64)]
    [InlineData(65, 32, 64)]
    [InlineData(33, 31, 64)]
    [InlineData(33, 33, 64)]
    [InlineData(33, 32, 63)]
    [InlineData(33, 32, 65)]
    [InlineData(0, 0, 0)]
    public void VerifyHash_WrongLength_IsFalse(int keyLength, int hashLength, int signatureLength)
    {
        SignatureClaim good = Signed(new Random(44));
        byte[] key = good.PublicKey.ToArray(), signature = good.Signature.ToArray(), hash = SHA256.HashData(good.Message.Span);
        Assert.True(EcdsaSecp256k1.VerifyHash(key, hash, signature));
        Array.Resize(ref key, keyLength);
        Array.Resize(ref hash, hashLength);
        Array.Resize(ref signature, signatureLength);

        Assert.False(EcdsaSecp256k1.VerifyHash(key, hash, signature));
    }

    [Fact]
    public void VerifyMany_HostileLengthsBesideGoodOnes_SpoilNothing()
    {
        SignatureClaim good = Signed(new Random(45));
        var empty = new SignatureClaim(default, default, default);
        SignatureClaim[] claims =
            [good, empty, good with { Signature = new byte[64] }, good, good with { PublicKey = new byte[33] }, .. Enumerable.Repeat(good, 30), empty];
        var verdicts = new bool[claims.Length + 1];
        verdicts[^1] = true;

        EcdsaSecp256k1.Scheme.VerifyMany(claims, verdicts);

        Assert.Equal([true, false, false, true, false, .. Enumerable.Repeat(true, 30), false, true], verdicts);
        EcdsaSecp256k1.VerifyMany([], []);
        Assert.Throws<ArgumentException>(() => EcdsaSecp256k1.VerifyMany(claims, new bool[3]));
    }

    [Fact]
    public void VerifyManyHashes_GoodAndBad_AgreesWithVerifyHash()
    {
        var random = new Random(46);
        SignatureClaim[] claims = [.. Enumerable.Range(0, 100).Select(i => Claim(random))
            .Select((claim, i) => claim with { Message = i == 7 ? claim.Message : SHA256.HashData(claim.Message.Span) })];
        var verdicts = new bool[claims.Length];

        EcdsaSecp256k1.VerifyManyHashes(claims, verdicts);

        Assert.Equal(claims.Select(c => EcdsaSecp256k1.VerifyHash(c.PublicKey.Span, c.Message.Span, c.Signature.Span)), verdicts);
        Assert.InRange(verdicts.Count(verdict => verdict), 20, 90);
        Assert.Throws<ArgumentException>(() => EcdsaSecp256k1.VerifyManyHashes(claims, new bool[99]));
    }

    [Fact]
    public void Scheme_NamesItsTagAndSizes()
    {
        ISignatureScheme scheme = EcdsaSecp256k1.Scheme;
        using var key = new EcdsaSecp256k1PrivateKey(Bytes(7));

        Assert.Equal(SignatureSchemeTag.EcdsaSecp256k1, scheme.Tag);
        Assert.Equal(scheme.Tag, key.Scheme);
        Assert.Equal(scheme.PublicKeySize, key.PublicKey.Length);
        Assert.Equal(scheme.SignatureSize, key.Sign([]).Length);
        Assert.True(scheme.Verify(key.PublicKey.Span, [], key.Sign([])));
    }

    [Fact]
    public void PrivateKey_SecretsOutsideTheRange_AreRefused()
    {
        foreach (byte[] secret in new[] { Bytes(0), Bytes(N), Bytes(BigInteger.Pow(2, 256) - 1), new byte[31], new byte[33], [] })
        {
            Assert.Throws<ArgumentException>(() => new EcdsaSecp256k1PrivateKey(secret));
        }

        using var last = new EcdsaSecp256k1PrivateKey(Bytes(N - 1));
        Assert.Throws<ArgumentException>(() => last.SignHash(new byte[31]));
    }

    [Fact]
    public void Sign_AfterDispose_Throws()
    {
        var key = new EcdsaSecp256k1PrivateKey(Bytes(9));
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Sign([1]));
    }

    private static SignatureClaim Signed(Random random)
    {
        using var key = new EcdsaSecp256k1PrivateKey(Bytes(1 + SecpRandom(random)));
        var message = new byte[random.Next(300)];
        random.NextBytes(message);
        return new SignatureClaim(key.PublicKey, message, key.Sign(message));
    }

    private static BigInteger SecpRandom(Random random) => Secp256k1.SecpNumbers.Random(random, N - 1);

    /// <summary>A good claim, or one with a bit flipped somewhere.</summary>
    private static SignatureClaim Claim(Random random)
    {
        SignatureClaim good = Signed(random);
        return random.Next(5) switch
        {
            0 => good with { Signature = Flip(good.Signature, random.Next(512)) },
            1 => good with { PublicKey = Flip(good.PublicKey, random.Next(8 * 33)) },
            2 => good with { Message = new byte[] { 1, 2, 3 } },
            _ => good,
        };
    }

    private static byte[] Flip(ReadOnlyMemory<byte> bytes, int bit)
    {
        byte[] copy = bytes.ToArray();
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }

    private static bool PeerVerifies(SignatureClaim claim)
    {
        BigInteger s = Number(claim.Signature.Span[32..]);
        if (s > N / 2)
        {
            return false;
        }

        try
        {
            var peer = new ECDsaSigner();
            peer.Init(false, new ECPublicKeyParameters(
                WeierstrassGroup.Secp256k1.Domain.Curve.DecodePoint(claim.PublicKey.ToArray()), WeierstrassGroup.Secp256k1.Domain));
            return peer.VerifySignature(
                SHA256.HashData(claim.Message.Span),
                new Org.BouncyCastle.Math.BigInteger(1, claim.Signature.Span[..32]),
                new Org.BouncyCastle.Math.BigInteger(1, claim.Signature.Span[32..]));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return false; // how the peer refuses a key
        }
    }
}
