using System.Numerics;
using Org.BouncyCastle.Crypto.EC;
using static Chain.Core.Crypto.Tests.Secp256k1.SecpNumbers;
using EcPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Chain.Core.Crypto.Tests.Secp256k1;

/// <summary>Points against BouncyCastle's.</summary>
public sealed class SecpPointTests
{
    private static readonly EcPoint G = CustomNamedCurves.GetByName("secp256k1").G;

    [Fact]
    public void Compute_RandomAndEdgeScalars_IsBouncyCastlesSum()
    {
        var random = new Random(30);
        BigInteger[] edges = [.. Edges(N)];
        for (int i = 0; i < 300; i++)
        {
            BigInteger s = i % 3 == 0 ? edges[random.Next(edges.Length)] : SecpNumbers.Random(random, N);
            BigInteger k = i % 3 == 1 ? edges[random.Next(edges.Length)] : SecpNumbers.Random(random, N);
            BigInteger secret = 1 + SecpNumbers.Random(random, N - 1);

            AssertSum(s, k, secret);
        }
    }

    /// <summary>k·(secret·G) and s·G meet on the way: equal, opposite, or one is infinite.</summary>
    [Fact]
    public void Compute_RelatedPoints_DoublesAndCancels()
    {
        foreach (int secret in new[] { 1, 2, 3, 5, 16 })
        {
            foreach (BigInteger k in new[] { 0, 1, 2, 3, N - 1, N - 2, BigInteger.Pow(2, 128), BigInteger.Pow(2, 128) + 1 })
            {
                BigInteger same = k * secret % N;
                AssertSum(same, k, secret);
                AssertSum((N - same) % N, k, secret);
                AssertSum(0, k, secret);
                AssertSum(same, 0, secret);
                AssertSum(same, k, N - secret);
            }
        }
    }

    [Fact]
    public void Decode_BothEncodings_RoundTrip()
    {
        var random = new Random(31);
        for (int i = 0; i < 50; i++)
        {
            EcPoint point = G.Multiply(Big(1 + SecpNumbers.Random(random, N - 1))).Normalize();
            var compressed = new byte[33];
            Assert.True(EcdsaSecp256k1.TryCompressPublicKey(point.GetEncoded(false), compressed));
            Assert.Equal(point.GetEncoded(true), compressed);
            compressed.AsSpan().Clear();
            Assert.True(EcdsaSecp256k1.TryCompressPublicKey(point.GetEncoded(true), compressed));
            Assert.Equal(point.GetEncoded(true), compressed);
        }
    }

    [Fact]
    public void Decode_BadEncodings_AreRefused()
    {
        byte[] compressed = G.GetEncoded(true);
        byte[] uncompressed = G.GetEncoded(false);
        var written = new byte[33];
        for (int prefix = 0; prefix < 256; prefix++)
        {
            compressed[0] = (byte)prefix;
            uncompressed[0] = (byte)prefix;
            Assert.Equal(prefix is 2 or 3, EcdsaSecp256k1.TryCompressPublicKey(compressed, written));
            Assert.Equal(prefix is 4, EcdsaSecp256k1.TryCompressPublicKey(uncompressed, written));
        }

        for (int length = 0; length < 100; length++)
        {
            var bytes = new byte[length];
            G.GetEncoded(compressed: length <= 33).AsSpan(0, Math.Min(length, length > 33 ? 65 : 33)).CopyTo(bytes);
            Assert.Equal(length is 33 or 65, EcdsaSecp256k1.TryCompressPublicKey(bytes, written));
        }

        // x = 5 has no y; x = p + 1 would be x = 1, which has one; y + 1 is off the curve.
        Assert.False(EcdsaSecp256k1.TryCompressPublicKey([2, .. Bytes(5)], written));
        Assert.True(EcdsaSecp256k1.TryCompressPublicKey([2, .. Bytes(1)], written));
        Assert.False(EcdsaSecp256k1.TryCompressPublicKey([2, .. Bytes(P + 1)], written));
        uncompressed = G.GetEncoded(false);
        uncompressed[64] ^= 1;
        Assert.False(EcdsaSecp256k1.TryCompressPublicKey(uncompressed, written));
        Assert.Throws<ArgumentException>(() => EcdsaSecp256k1.TryCompressPublicKey(G.GetEncoded(true), new byte[32]));
    }

    private static void AssertSum(BigInteger s, BigInteger k, BigInteger secret)
    {
        EcPoint point = G.Multiply(Big(secret)).Normalize();
        EcPoint expected = G.Multiply(Big(s)).Add(point.Multiply(Big(k))).Normalize();
        Assert.True(SecpAffinePoint.TryDecode(point.GetEncoded(true), out SecpAffinePoint p));

        SecpPoint sum = SecpDoubleProduct.Compute(Scalar(s), Scalar(k), p);

        Assert.Equal(expected.IsInfinity, sum.IsInfinity);
        if (!sum.IsInfinity)
        {
            var bytes = new byte[33];
            sum.ToAffine(sum.Z.Invert()).Encode(bytes);
            Assert.Equal(expected.GetEncoded(true), bytes);
        }
    }

    private static Org.BouncyCastle.Math.BigInteger Big(BigInteger value) => new(1, Bytes(value));
}
