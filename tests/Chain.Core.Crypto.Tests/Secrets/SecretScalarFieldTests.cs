using System.Numerics;

namespace Chain.Core.Crypto.Tests.Secrets;

/// <summary>The constant-time arithmetic of each order against integers.</summary>
public sealed class SecretScalarFieldTests
{
    private static readonly BigInteger Most = BigInteger.Pow(2, 256) - 1;

    public static TheoryData<string> Fields => ["edwards25519", "secp256k1", "secp256r1"];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Reduce_RandomAndEdges_IsThatOfIntegers(string name)
    {
        Field field = Field.Named(name);
        var scalar = new byte[32];
        foreach (BigInteger value in Wide(field.Order, new Random(90)))
        {
            field.Arithmetic.Reduce(field.Bytes(value, 64), scalar);
            Assert.Equal(value % field.Order, field.Number(scalar));
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Reduce_HalfTheLength_IsThatOfIntegers(string name)
    {
        Field field = Field.Named(name);
        var scalar = new byte[32];
        foreach (BigInteger value in Scalars(field.Order, new Random(91)))
        {
            field.Arithmetic.Reduce(field.Bytes(value, 32), scalar);
            Assert.Equal(value % field.Order, field.Number(scalar));
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void MultiplyAdd_RandomAndEdges_IsThatOfIntegers(string name)
    {
        Field field = Field.Named(name);
        var random = new Random(92);
        var result = new byte[32];
        BigInteger[] values = [.. Scalars(field.Order, random).Take(60)];
        foreach (BigInteger a in values)
        {
            foreach (BigInteger b in values)
            {
                BigInteger c = values[random.Next(values.Length)];
                field.Arithmetic.MultiplyAdd(field.Bytes(a, 32), field.Bytes(b, 32), field.Bytes(c, 32), result);
                Assert.Equal(((a * b) + c) % field.Order, field.Number(result));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void MultiplyAdd_ShortFactor_IsThatOfIntegers(string name)
    {
        Field field = Field.Named(name);
        var random = new Random(93);
        var result = new byte[32];
        foreach (BigInteger b in Scalars(field.Order, random))
        {
            BigInteger a = Any(random, 16);
            field.Arithmetic.MultiplyAdd(field.Bytes(a, 16), field.Bytes(b, 32), field.Bytes(Most, 32), result);
            Assert.Equal(((a * b) + Most) % field.Order, field.Number(result));
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void AddAndNegate_RandomAndEdges_AreThoseOfIntegers(string name)
    {
        Field field = Field.Named(name);
        var result = new byte[32];
        foreach (BigInteger a in Scalars(field.Order, new Random(94)))
        {
            field.Arithmetic.Add(field.Bytes(a, 32), field.Bytes(Most, 32), result);
            Assert.Equal((a + Most) % field.Order, field.Number(result));
            BigInteger scalar = a % field.Order;
            byte[] kept = field.Bytes(scalar, 32), negated = field.Bytes(scalar, 32);
            field.Arithmetic.NegateIfOdd(4, kept);
            field.Arithmetic.NegateIfOdd(7, negated);
            Assert.Equal(scalar, field.Number(kept));
            Assert.Equal(field.Order - scalar, field.Number(negated));
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Ranges_RandomAndEdges_AreExact(string name)
    {
        Field field = Field.Named(name);
        foreach (BigInteger a in Scalars(field.Order, new Random(95)))
        {
            byte[] bytes = field.Bytes(a, 32);
            Assert.Equal(a < field.Order, field.Arithmetic.IsReduced(bytes));
            Assert.Equal(a < field.Order && !a.IsZero, field.Arithmetic.IsPrivateKey(bytes));
        }
    }

    private static IEnumerable<BigInteger> Scalars(BigInteger order, Random random)
    {
        for (int i = 0; i < 4; i++)
        {
            yield return i;
            yield return order - i;
            yield return Most - i;
        }

        yield return order + 1;
        for (int limb = 1; limb < 8; limb++)
        {
            yield return BigInteger.One << (32 * limb);
            yield return (BigInteger.One << (32 * limb)) - 1;
        }

        for (int i = 0; i < 200; i++)
        {
            yield return Any(random, 32);
        }
    }

    private static IEnumerable<BigInteger> Wide(BigInteger order, Random random)
    {
        BigInteger most = BigInteger.Pow(2, 512) - 1;
        for (int i = 0; i < 20; i++)
        {
            yield return order * i;
            yield return (order * i) + order - 1;
            yield return most - i;
            yield return (most / order * order) - i;
            yield return BigInteger.Pow(2, 504 - i) - 1;
        }

        for (int i = 0; i < 1000; i++)
        {
            yield return Any(random, 64);
        }
    }

    private static BigInteger Any(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }

    /// <summary>An order as a big integer, computed from its standard's text, beside our arithmetic.</summary>
    private sealed record Field(SecretScalarField Arithmetic, BigInteger Order, bool IsBigEndian)
    {
        public static Field Named(string name) => name switch
        {
            "edwards25519" => new(
                SecretScalarField.Edwards25519,
                BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture),
                IsBigEndian: false),
            "secp256k1" => new(
                SecretScalarField.Secp256k1, Hexadecimal("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"), IsBigEndian: true),
            _ => new(
                SecretScalarField.NistP256, Hexadecimal("0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"), IsBigEndian: true),
        };

        public byte[] Bytes(BigInteger value, int length)
        {
            byte[] bytes = value.ToByteArray(isUnsigned: true, IsBigEndian);
            byte[] padding = new byte[length - bytes.Length];
            return IsBigEndian ? [.. padding, .. bytes] : [.. bytes, .. padding];
        }

        public BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, IsBigEndian);

        private static BigInteger Hexadecimal(string text) => BigInteger.Parse(text, System.Globalization.NumberStyles.HexNumber);
    }
}
