using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>s·G + k·P with one chain of 128 doublings: all four halves of the scalars share it (Straus).</summary>
internal static class SecpDoubleProduct
{
    private const int Digits = 129;

    [SkipLocalsInit]
    public static SecpPoint Compute(in SecpScalar baseScalar, in SecpScalar pointScalar, in SecpAffinePoint point)
    {
        Span<short> digits = stackalloc short[4 * Digits];
        digits.Clear();
        Span<short> first = digits[..Digits], second = digits.Slice(Digits, Digits);
        Span<short> low = digits.Slice(2 * Digits, Digits), high = digits.Slice(3 * Digits, Digits);
        SecpEndomorphism.Split(pointScalar, out SignedHalf firstHalf, out SignedHalf secondHalf);
        int length = firstHalf.Recode(SecpMultiples.Width, first);
        length = Math.Max(length, secondHalf.Recode(SecpMultiples.Width, second));
        length = Math.Max(length, new SignedHalf(new(baseScalar.W1, baseScalar.W0), false).Recode(SecpBaseTable.Width, low));
        length = Math.Max(length, new SignedHalf(new(baseScalar.W3, baseScalar.W2), false).Recode(SecpBaseTable.Width, high));

        Span<SecpAffinePoint> table = stackalloc SecpAffinePoint[SecpMultiples.Count];
        Span<SecpAffinePoint> images = stackalloc SecpAffinePoint[SecpMultiples.Count];
        SecpFieldElement u = SecpMultiples.Fill(point, table, images);
        ReadOnlySpan<SecpAffinePoint> baseLow = SecpBaseTable.Low, baseHigh = SecpBaseTable.High;
        SecpPoint sum = SecpPoint.Infinity;
        for (int i = length - 1; i >= 0; i--)
        {
            sum = sum.Double();
            if (first[i] != 0)
            {
                sum = sum.Add(Multiple(table, first[i]), out _);
            }

            if (second[i] != 0)
            {
                sum = sum.Add(Multiple(images, second[i]), out _);
            }

            if (low[i] != 0)
            {
                sum = sum.AddFromCurve(Multiple(baseLow, low[i]), u);
            }

            if (high[i] != 0)
            {
                sum = sum.AddFromCurve(Multiple(baseHigh, high[i]), u);
            }
        }

        return sum.ToCurve(u);
    }

    /// <summary>digit times the point whose odd multiples are in the table.</summary>
    private static SecpAffinePoint Multiple(ReadOnlySpan<SecpAffinePoint> oddMultiples, int digit) =>
        digit > 0 ? oddMultiples[digit >> 1] : -oddMultiples[(-digit) >> 1];
}
