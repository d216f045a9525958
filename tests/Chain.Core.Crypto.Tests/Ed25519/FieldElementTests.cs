using System.Numerics;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Cases;

namespace Chain.Core.Crypto.Tests.Ed25519Curve;

public sealed class FieldElementTests
{
    private const ulong TightMost = (1UL << 51) + (1UL << 18) - 1;
    private const ulong LooseMost = 12738103345051545; // ⌊2⁵³·⁵⌋

    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    [Fact]
    public void Arithmetic_RandomAndEdgeLimbs_IsThatOfIntegers()
    {
        FieldElement[] elements = Elements(LooseMost);
        foreach (FieldElement a in elements)
        {
            foreach (FieldElement b in elements)
            {
                FieldElement product = a * b;
                AssertValue(Value(a) * Value(b), product);
                AssertTight(product);
            }
        }
    }

    [Fact]
    public void Square_RandomAndEdgeLimbs_IsThatOfIntegers()
    {
        foreach (FieldElement a in Elements((1UL << 53) - 1))
        {
            AssertValue(Value(a) * Value(a), a.Square());
            AssertTight(a.Square());
        }
    }

    [Fact]
    public void SumAndDifference_TightLimbs_AreThoseOfIntegersAndLoose()
    {
        FieldElement[] elements = Elements(TightMost);
        foreach (FieldElement a in elements)
        {
            AssertValue(-Value(a), a.Negate());
            AssertTight(a.Negate());
            foreach (FieldElement b in elements)
            {
                AssertValue(Value(a) + Value(b), a + b);
                AssertValue(Value(a) - Value(b), a - b);
                AssertLoose(a + b);
                AssertLoose(a - b);
                AssertLoose(a + a + (a - b));
            }
        }
    }

    [Fact]
    public void Parse_AllBytes_TakesThemModuloPAndIgnoresTheTopBit()
    {
        BigInteger top = BigInteger.One << 255;
        foreach (BigInteger value in new[] { 0, 1, 18, 19, Prime - 1, Prime, Prime + 1, Prime + 18, Prime / 2 })
        {
            foreach (BigInteger spelling in new[] { value, value + top })
            {
                FieldElement element = FieldElement.Parse(Bytes(spelling));
                Assert.Equal(value % Prime, Canonical(element));
                Assert.Equal((value % Prime).IsZero, element.IsZero);
                Assert.Equal(!(value % Prime).IsEven, element.IsOdd);
            }
        }
    }

    [Fact]
    public void Invert_AnyElement_GivesOneWithIt()
    {
        foreach (FieldElement a in Elements(TightMost).Where(e => !e.IsZero))
        {
            Assert.Equal(BigInteger.One, Canonical(a.Invert() * a));
        }

        Assert.True(FieldElement.Zero.Invert().IsZero);
    }

    [Fact]
    public void TrySquareRootOfRatio_SquaresAndOthers_AreToldApart()
    {
        int roots = 0;
        foreach (FieldElement a in Elements(TightMost).Where(e => !e.IsZero))
        {
            bool isSquare = BigInteger.ModPow(Value(a) % Prime, (Prime - 1) / 2, Prime).IsOne;
            Assert.Equal(isSquare, FieldElement.TrySquareRootOfRatio(a, FieldElement.One, out FieldElement root));
            if (isSquare)
            {
                AssertValue(Value(a), root.Square());
                roots++;
            }
        }

        Assert.True(roots > 10);
        Assert.True(FieldElement.TrySquareRootOfRatio(FieldElement.Zero, FieldElement.One, out FieldElement zero));
        Assert.True(zero.IsZero);
    }

    [Fact]
    public void Constants_AreWhatTheyAreCalled()
    {
        AssertValue(-121665, FieldElement.D * new FieldElement(121666, 0, 0, 0, 0));
        AssertValue(2 * Value(FieldElement.D), FieldElement.TwoD);
        AssertValue(-1, FieldElement.SquareRootOfMinusOne.Square());
    }

    internal static BigInteger Value(in FieldElement e) =>
        e.L0 + ((BigInteger)e.L1 << 51) + ((BigInteger)e.L2 << 102) + ((BigInteger)e.L3 << 153) + ((BigInteger)e.L4 << 204);

    private static void AssertValue(BigInteger expected, in FieldElement actual) =>
        Assert.Equal(((expected % Prime) + Prime) % Prime, Canonical(actual));

    private static BigInteger Canonical(in FieldElement element)
    {
        var bytes = new byte[FieldElement.Size];
        element.CopyTo(bytes);
        BigInteger value = Number(bytes);
        Assert.True(value < Prime);
        Assert.Equal(value, Value(element) % Prime);
        return value;
    }

    private static void AssertTight(in FieldElement e) =>
        Assert.True(new[] { e.L0, e.L1, e.L2, e.L3, e.L4 }.Max() <= TightMost);

    private static void AssertLoose(in FieldElement e) =>
        Assert.True(new[] { e.L0, e.L1, e.L2, e.L3, e.L4 }.Max() <= LooseMost);

    /// <summary>All limbs at an edge, one limb at an edge, and random limbs up to <paramref name="most"/>.</summary>
    private static FieldElement[] Elements(ulong most)
    {
        ulong[] edges = [0, 1, (1UL << 51) - 19, (1UL << 51) - 1, 1UL << 51, TightMost, most];
        var random = new Random(3);
        ulong Any() => (ulong)random.NextInt64((long)most + 1);
        return
        [
            .. edges.Select(e => new FieldElement(e, e, e, e, e)),
            .. edges.Select(e => new FieldElement(e, 0, 0, 0, 0)),
            .. edges.Select(e => new FieldElement(0, 0, 0, 0, e)),
            .. edges.Select(e => new FieldElement(most, e, most, e, most)),
            new FieldElement((1UL << 51) - 19, (1UL << 51) - 1, (1UL << 51) - 1, (1UL << 51) - 1, (1UL << 51) - 1),
            .. Enumerable.Range(0, 40).Select(_ => new FieldElement(Any(), Any(), Any(), Any(), Any())),
        ];
    }
}
