using System.Numerics;

namespace Chain.Core.Crypto.Tests.Secp256k1;

/// <summary>The numbers of secp256k1 as big integers.</summary>
internal static class SecpNumbers
{
    public static readonly BigInteger P = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;

    public static readonly BigInteger N =
        BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", System.Globalization.NumberStyles.HexNumber);

    /// <summary>Numbers around the borders of modulus, words and limbs.</summary>
    public static IEnumerable<BigInteger> Edges(BigInteger modulus)
    {
        foreach (int bit in new[] { 0, 1, 51, 52, 53, 63, 64, 104, 127, 128, 129, 156, 192, 208, 255 })
        {
            BigInteger power = BigInteger.One << bit;
            yield return power - 1;
            yield return power;
            yield return (modulus - power) % modulus;
        }

        yield return modulus / 2;
        yield return (modulus / 2) + 1;
        yield return (BigInteger.Pow(2, 256) - 1) % modulus;
    }

    public static BigInteger Random(Random random, BigInteger modulus)
    {
        var bytes = new byte[40];
        random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true) % modulus;
    }

    /// <summary>32 big-endian bytes.</summary>
    public static byte[] Bytes(BigInteger value)
    {
        byte[] bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    public static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    public static SecpScalar Scalar(BigInteger value)
    {
        Assert.True(SecpScalar.TryParse(Bytes(value), out SecpScalar scalar));
        return scalar;
    }

    public static BigInteger Value(in SecpScalar s) =>
        s.W0 + ((BigInteger)s.W1 << 64) + ((BigInteger)s.W2 << 128) + ((BigInteger)s.W3 << 192);

    public static SecpFieldElement Field(BigInteger value)
    {
        Assert.True(SecpFieldElement.TryParse(Bytes(value), out SecpFieldElement element));
        return element;
    }

    /// <summary>The number as it stands in the limbs, not reduced.</summary>
    public static BigInteger Value(in SecpFieldElement e) =>
        e.L0 + ((BigInteger)e.L1 << 52) + ((BigInteger)e.L2 << 104) + ((BigInteger)e.L3 << 156) + ((BigInteger)e.L4 << 208);
}
