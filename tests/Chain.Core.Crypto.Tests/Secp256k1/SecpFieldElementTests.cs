using System.Numerics;
using static Chain.Core.Crypto.Tests.Secp256k1.SecpNumbers;

namespace Chain.Core.Crypto.Tests.Secp256k1;

public sealed class SecpFieldElementTests
{
    private const ulong TightMost = (1UL << 52) + (1UL << 13) - 1;
    private const ulong TightMostTop = (1UL << 48) + (1UL << 13) - 1;

    [Fact]
    public void Products_AllMagnitudesUpToTheLargest_AreThoseOfIntegersAndTight()
    {
        SecpFieldElement[] elements = [.. Elements(SecpFieldElement.LargestFactor, 40)];
        foreach (SecpFieldElement a in elements)
        {
            AssertIs(Value(a) * Value(a), a.Square(), 1);
            foreach (SecpFieldElement b in elements)
            {
                AssertIs(Value(a) * Value(b), a * b, 1);
            }
        }
    }

    [Fact]
    public void Sums_AllMagnitudes_AreThoseOfIntegersWithinTheirBounds()
    {
        for (uint magnitude = 1; magnitude <= 7; magnitude++)
        {
            foreach (SecpFieldElement a in Elements(magnitude, 20))
            {
                AssertIs(-Value(a), a.Negate(magnitude), magnitude + 1);
                AssertIs(Value(a) * 3, a.Times(3), magnitude * 3);
                AssertIs(Value(a) * ((P + 1) / 2), a.Half(), ((magnitude + 1) / 2) + 1);
                AssertIs(Value(a) + Value(a.Negate(magnitude)), a + a.Negate(magnitude), (2 * magnitude) + 1);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(30)]
    public void Reduce_AnyMagnitude_IsTheRepresentativeBelowP(uint magnitude)
    {
        foreach (SecpFieldElement a in Elements(magnitude, 200))
        {
            Assert.Equal(Value(a) % P, Value(a.Reduce()));
            Assert.Equal((Value(a) % P).IsZero, a.IsZero);
            Assert.Equal(!(Value(a) % P).IsEven, a.IsOdd);
            AssertIs(Value(a), a.Tighten(), 1);
        }
    }

    [Fact]
    public void IsZero_EveryMultipleOfPAndItsNeighbours_IsExact()
    {
        for (uint times = 0; times <= 30; times++)
        {
            SecpFieldElement multiple = times == 0 ? SecpFieldElement.Zero : SecpFieldElement.Zero.Negate(times - 1);
            Assert.Equal(times * P, Value(multiple));
            Assert.True(multiple.IsZero);
            Assert.False((multiple + SecpFieldElement.One).IsZero);
            Assert.False((multiple + new SecpFieldElement(0, 0, 0, 0, 1)).IsZero);
        }
    }

    [Fact]
    public void Parse_AroundP_TakesOnlyWhatIsBelow()
    {
        foreach (BigInteger value in Edges(P).Append(P - 1))
        {
            Assert.True(SecpFieldElement.TryParse(Bytes(value), out SecpFieldElement element));
            Assert.Equal(value, Value(element));
            var bytes = new byte[32];
            element.CopyTo(bytes);
            Assert.Equal(Bytes(value), bytes);
        }

        foreach (BigInteger value in new[] { P, P + 1, P + 976, BigInteger.Pow(2, 256) - 1 })
        {
            Assert.False(SecpFieldElement.TryParse(Bytes(value), out _));
        }
    }

    [Fact]
    public void Invert_RandomAndEdges_TimesItselfIsOne()
    {
        Assert.True(SecpFieldElement.Zero.Invert().IsZero);
        foreach (BigInteger value in Values(2000).Where(value => !value.IsZero))
        {
            AssertIs(BigInteger.ModPow(value, P - 2, P), Field(value).Invert(), 1);
        }
    }

    [Fact]
    public void SquareRoot_SquaresAndOthers_AreToldApart()
    {
        foreach (BigInteger value in Values(200))
        {
            bool isSquare = value.IsZero || BigInteger.ModPow(value, (P - 1) / 2, P).IsOne;
            Assert.Equal(isSquare, Field(value).TrySquareRoot(out SecpFieldElement root));
            if (isSquare)
            {
                AssertIs(value, root.Square(), 1);
            }
        }
    }

    private static IEnumerable<BigInteger> Values(int count)
    {
        var random = new Random(20);
        return Edges(P).Concat(Enumerable.Range(0, count).Select(_ => SecpNumbers.Random(random, P)));
    }

    /// <summary>Limbs of all kinds up to the bound of the magnitude, the bound itself among them.</summary>
    private static IEnumerable<SecpFieldElement> Elements(uint magnitude, int count)
    {
        ulong most = magnitude * TightMost, mostTop = magnitude * TightMostTop;
        yield return SecpFieldElement.Zero;
        yield return SecpFieldElement.One;
        yield return new(most, most, most, most, mostTop);
        yield return new(most, 0, 0, 0, 0);
        yield return new(0, 0, 0, 0, mostTop);
        var random = new Random(21);
        for (int i = 0; i < count; i++)
        {
            yield return new(Limb(random, most), Limb(random, most), Limb(random, most), Limb(random, most), Limb(random, mostTop));
        }
    }

    private static ulong Limb(Random random, ulong most) => random.Next(4) switch
    {
        0 => most - (ulong)random.Next(3),
        1 => (ulong)random.Next(3),
        _ => (ulong)random.NextInt64((long)most + 1),
    };

    private static void AssertIs(BigInteger expected, SecpFieldElement actual, uint magnitude)
    {
        BigInteger rest = expected % P;
        Assert.Equal(rest.Sign < 0 ? rest + P : rest, Value(actual) % P);
        ulong most = magnitude * TightMost;
        Assert.True(
            actual.L0 <= most && actual.L1 <= most && actual.L2 <= most && actual.L3 <= most
            && actual.L4 <= magnitude * TightMostTop);
    }
}
