using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>Sums of products with AVX2, the four coordinates of a point side by side: for one signature or proof.</summary>
internal static unsafe class QuadProducts
{
    private const int Width = 5;
    private const int Entries = 1 << (Width - 2);
    private const int Element = QuadCurve.Element;
    private const int Table = Entries * Element;
    private const int Alignment = 32;

    /// <summary>Two tables, then the running point, a negated entry, 1, 1, 1, 2d, and what the curve needs for itself.</summary>
    private const int Length = (2 * Table) + (3 * Element) + QuadCurve.ScratchLength + (Alignment / sizeof(double));

    /// <inheritdoc cref="VrfProducts.BaseTimes"/>
    public static EdwardsPoint BaseTimes(in Scalar25519 s, in Scalar25519 c, in EdwardsPoint point) =>
        Compute(s, c, point, default, EdwardsPoint.Identity);

    /// <inheritdoc cref="VrfProducts.PointTimes"/>
    public static EdwardsPoint PointTimes(in EdwardsPoint p, in Scalar25519 s, in Scalar25519 c, in EdwardsPoint q) =>
        Compute(default, s, p, c, q);

    /// <summary>
    /// s·B + a·P + b·Q, variable time: public data only. Both halves of s share their doublings with a and b, which are best
    /// of half the length as well.
    /// </summary>
    [SkipLocalsInit]
    public static EdwardsPoint Compute(
        in Scalar25519 s, in Scalar25519 a, in EdwardsPoint p, in Scalar25519 b, in EdwardsPoint q)
    {
        Span<sbyte> low = stackalloc sbyte[NonAdjacentForm.Length];
        Span<sbyte> high = stackalloc sbyte[NonAdjacentForm.Length];
        Span<sbyte> digitsOfP = stackalloc sbyte[NonAdjacentForm.Length];
        Span<sbyte> digitsOfQ = stackalloc sbyte[NonAdjacentForm.Length];
        int lengthOfBase = Math.Max(
            NonAdjacentForm.Recode(new Scalar25519(s.W0, s.W1, 0, 0), BasePointTable.Width, low),
            NonAdjacentForm.Recode(new Scalar25519(s.W2, s.W3, 0, 0), BasePointTable.Width, high));
        int lengthOfP = NonAdjacentForm.Recode(a, Width, digitsOfP);
        int lengthOfQ = NonAdjacentForm.Recode(b, Width, digitsOfQ);

        double* memory = stackalloc double[Length];
        double* tableOfP = Align(memory);
        double* tableOfQ = tableOfP + Table;
        double* sum = tableOfQ + Table;
        FillOddMultiples(tableOfP, p, lengthOfP, sum);
        FillOddMultiples(tableOfQ, q, lengthOfQ, sum);
        double* lowTable = QuadBaseTable.Low, highTable = QuadBaseTable.High;
        SetIdentity(sum);
        for (int i = Math.Max(lengthOfBase, Math.Max(lengthOfP, lengthOfQ)) - 1; i >= 0; i--)
        {
            QuadCurve.Double(sum, Scratch(sum));
            AddDigit(sum, tableOfP, digitsOfP[i]);
            AddDigit(sum, tableOfQ, digitsOfQ[i]);
            AddDigit(sum, lowTable, low[i]);
            AddDigit(sum, highTable, high[i]);
        }

        return Read(sum);
    }

    private static double* Align(double* memory) => (double*)(((nint)memory + Alignment - 1) & -Alignment);

    private static double* Negative(double* sum) => sum + Element;

    private static double* Constants(double* sum) => sum + (2 * Element);

    private static double* Scratch(double* sum) => sum + (3 * Element);

    /// <summary>The odd multiples 1 to 15, if there are digits; <paramref name="sum"/> and what lies behind it are overwritten.</summary>
    private static void FillOddMultiples(double* table, in EdwardsPoint point, int digits, double* sum)
    {
        if (digits == 0)
        {
            return;
        }

        double* constants = Constants(sum);
        Write(constants, FieldElement.One, FieldElement.One, FieldElement.One, FieldElement.TwoD);
        Write(sum, (point.Y - point.X).Reduce(), (point.Y + point.X).Reduce(), point.Z, point.T);
        LaneField256.Multiply(table, sum, constants);

        double* twice = Negative(sum);
        new ReadOnlySpan<double>(sum, Element).CopyTo(new Span<double>(twice, Element));
        QuadCurve.Double(twice, Scratch(sum));
        LaneField256.Multiply(twice, twice, constants);
        for (int i = 1; i < Entries; i++)
        {
            QuadCurve.Add(sum, twice, Scratch(sum));
            LaneField256.Multiply(table + (i * Element), sum, constants);
        }
    }

    private static void Write(double* point, in FieldElement u, in FieldElement v, in FieldElement z, in FieldElement t)
    {
        LaneLimbs.Write(point, 4, u);
        LaneLimbs.Write(point + 1, 4, v);
        LaneLimbs.Write(point + 2, 4, z);
        LaneLimbs.Write(point + 3, 4, t);
    }

    private static void SetIdentity(double* point) =>
        Write(point, FieldElement.One, FieldElement.One, FieldElement.One, FieldElement.Zero);

    private static void AddDigit(double* sum, double* table, int digit)
    {
        if (digit > 0)
        {
            QuadCurve.Add(sum, table + ((digit >> 1) * Element), Scratch(sum));
        }
        else if (digit < 0)
        {
            QuadCurve.Negate(Negative(sum), table + ((-digit >> 1) * Element));
            QuadCurve.Add(sum, Negative(sum), Scratch(sum));
        }
    }

    /// <summary>Doubles all four coordinates: 2X = V − U, 2Y = V + U.</summary>
    private static EdwardsPoint Read(double* point)
    {
        FieldElement u = LaneLimbs.Read(point, 4);
        FieldElement v = LaneLimbs.Read(point + 1, 4);
        FieldElement z = LaneLimbs.Read(point + 2, 4);
        FieldElement t = LaneLimbs.Read(point + 3, 4);
        return new EdwardsPoint((v - u).Reduce(), (v + u).Reduce(), (z + z).Reduce(), (t + t).Reduce());
    }
}
