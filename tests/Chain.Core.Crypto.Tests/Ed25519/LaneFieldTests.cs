using System.Numerics;
using System.Runtime.InteropServices;

namespace Chain.Core.Crypto.Tests.Ed25519Curve;

/// <summary>
/// The lanes against integers, at the bounds that <see cref="ILaneField"/> states: limbs of ±(2⁵⁰ + 2¹⁴) in every combination
/// that makes columns largest. Each test runs on both widths.
/// </summary>
public sealed unsafe class LaneFieldTests
{
    private const long Most = (1L << 50) + (1L << 14);

    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    [SkippableOnPath(CryptoPath.Avx512)]
    public void Avx512_EdgeAndRandomLimbs_AreIntegersModuloPWithinBounds() => new Check<LaneField512>().Run();

    [SkippableOnPath(CryptoPath.Avx2)]
    public void Avx2_EdgeAndRandomLimbs_AreIntegersModuloPWithinBounds() => new Check<LaneField256>().Run();

    private sealed class Check<TField>
        where TField : struct, ILaneField
    {
        private static readonly int Element = 5 * TField.Lanes;

        private readonly Random _random = new(9);

        public void Run()
        {
            var memory = (double*)NativeMemory.AlignedAlloc((nuint)(12 * Element * sizeof(double)), 64);
            try
            {
                for (int round = 0; round < 400; round++)
                {
                    double* a = memory;
                    double* b = a + Element;
                    double* result = b + Element;
                    Fill(a, round);
                    Fill(b, round / 6);
                    Products(a, b, result);
                    Sums(a, b, result);
                    Tests(a);
                }
            }
            finally
            {
                NativeMemory.AlignedFree(memory);
            }
        }

        private static void Products(double* a, double* b, double* result)
        {
            TField.Multiply(result, a, b);
            Expect(result, lane => Value(a, lane) * Value(b, lane));
            TField.Square(result, a);
            Expect(result, lane => Value(a, lane) * Value(a, lane));

            // The same columns in every sum that is ever carried, the worst of them included: 4aa − 2ab with b = −a.
            double* aa = result + (4 * Element);
            double* bb = aa + Element;
            double* ab = bb + Element;
            TField.SquareRaw(aa, a);
            TField.SquareRaw(bb, b);
            TField.MultiplyRaw(ab, a, b);
            TField.DoubleTerms(result, bb, aa, aa, ab);
            Expect(result, lane => Squared(a, lane) - Squared(b, lane));
            Expect(result + Element, lane => (4 * Squared(a, lane)) - (2 * Value(a, lane) * Value(b, lane)));
            Expect(result + (2 * Element), lane => 2 * Value(a, lane) * Value(b, lane));
            Expect(result + (3 * Element), lane => Squared(a, lane) + Squared(b, lane));

            TField.MultiplyRaw(aa, a, a);
            TField.SumTerms(result, ab, aa, aa, ab);
            Expect(result, lane => (Value(b, lane) - Value(a, lane)) * Value(a, lane));
            Expect(result + Element, lane => (2 * Squared(a, lane)) - (Value(a, lane) * Value(b, lane)));
            Expect(result + (2 * Element), lane => (2 * Squared(a, lane)) + (Value(a, lane) * Value(b, lane)));
            Expect(result + (3 * Element), lane => (Value(b, lane) + Value(a, lane)) * Value(a, lane));
            TField.SumTermsAffine(result, ab, aa, b, ab);
            Expect(result + Element, lane => (2 * Value(b, lane)) - (Value(a, lane) * Value(b, lane)));
            Expect(result + (2 * Element), lane => (2 * Value(b, lane)) + (Value(a, lane) * Value(b, lane)));
            TField.DifferenceAndSum(result, result + Element, aa, ab);
            Expect(result, lane => (Value(b, lane) - Value(a, lane)) * Value(a, lane));
            Expect(result + Element, lane => (Value(b, lane) + Value(a, lane)) * Value(a, lane));
        }

        private static void Sums(double* a, double* b, double* result)
        {
            TField.Add(result, a, b);
            Expect(result, lane => Value(a, lane) + Value(b, lane));
            TField.Subtract(result, a, b);
            Expect(result, lane => Value(a, lane) - Value(b, lane));
        }

        private static void Tests(double* a)
        {
            int zero = TField.ZeroLanes(a);
            int odd = TField.OddLanes(a);
            for (int lane = 0; lane < TField.Lanes; lane++)
            {
                BigInteger canonical = ((Value(a, lane) % Prime) + Prime) % Prime;
                Assert.Equal(canonical.IsZero, ((zero >> lane) & 1) == 1);
                Assert.Equal(!canonical.IsEven, ((odd >> lane) & 1) == 1);
            }
        }

        private static BigInteger Squared(double* a, int lane) => Value(a, lane) * Value(a, lane);

        private static BigInteger Value(double* element, int lane)
        {
            BigInteger value = 0;
            for (int limb = 4; limb >= 0; limb--)
            {
                value = (value << 51) + (long)element[(limb * TField.Lanes) + lane];
            }

            return value;
        }

        private static void Expect(double* actual, Func<int, BigInteger> expected)
        {
            for (int lane = 0; lane < TField.Lanes; lane++)
            {
                Assert.True(((Value(actual, lane) - expected(lane)) % Prime).IsZero, $"lane {lane}");
                for (int limb = 0; limb < 5; limb++)
                {
                    Assert.InRange((long)actual[(limb * TField.Lanes) + lane], -Most, Most);
                }
            }
        }

        /// <summary>Limbs at one bound, at both in turn, at an edge, or anywhere; other signs in other lanes.</summary>
        private void Fill(double* element, int kind)
        {
            for (int lane = 0; lane < TField.Lanes; lane++)
            {
                for (int limb = 0; limb < 5; limb++)
                {
                    long sign = ((lane >> (limb % 3)) & 1) == 0 ? 1 : -1;
                    element[(limb * TField.Lanes) + lane] = (kind % 6) switch
                    {
                        0 => (lane & 1) == 0 ? Most : -Most,
                        1 => sign * Most,
                        2 => sign * (1L << 50),
                        3 => limb == lane % 5 ? sign * Most : 0,
                        4 => limb > lane % 5 ? 0 : _random.Next(-1, 2),
                        _ => _random.NextInt64(-Most, Most + 1),
                    };
                }
            }
        }
    }
}
