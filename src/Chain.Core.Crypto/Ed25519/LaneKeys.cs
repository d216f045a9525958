namespace Chain.Core.Crypto;

/// <summary>Public keys in lanes: decoding as ZIP-215 wants it, and the table of multiples.</summary>
internal static unsafe class LaneKeys<TField>
    where TField : struct, ILaneField
{
    private static int Element => 5 * TField.Lanes;

    /// <summary>
    /// Turns the y of every lane into −A, as U, V, Z = 1 and T in <see cref="LaneWorkspace{TField}.Point"/>.
    /// Lanes that are no point become the neutral element.
    /// </summary>
    /// <param name="work">Y holds limbs as they were read.</param>
    /// <param name="signs">A bit for each lane: the sign of x.</param>
    /// <returns>A bit for each lane: whether there is such a point.</returns>
    public static int DecodeNegative(in LaneWorkspace<TField> work, int signs)
    {
        TField.Add(work.Y, work.Y, work.Zero);
        int decoded = SquareRoot(work);

        // Negated where the parity of the root is already that of A.
        TField.NegateLanes(work.X, ~(TField.OddLanes(work.X) ^ signs));
        TField.ReplaceLanes(work.X, work.Zero, ~decoded);
        TField.ReplaceLanes(work.Y, work.One, ~decoded);

        TField.Subtract(work.Point, work.Y, work.X);
        TField.Add(work.Point + Element, work.Y, work.X);
        TField.Add(work.Point + (2 * Element), work.One, work.Zero);
        TField.Multiply(work.Point + (3 * Element), work.X, work.Y);
        return decoded;
    }

    /// <summary>Fills a lane's table with the multiples 0 to 8 of <see cref="LaneWorkspace{TField}.Point"/>, which is lost.</summary>
    public static void FillTables(in LaneWorkspace<TField> work)
    {
        StoreIdentity(work);
        for (int multiple = 1; multiple < LaneWorkspace<TField>.KeyMultiples; multiple++)
        {
            if (multiple == 2)
            {
                LaneCurve<TField>.Double(work.Point, work.CurveScratch, withT: true);
            }
            else if (multiple > 2)
            {
                LaneCurve<TField>.Add(work.Point, work.Entry, work.CurveScratch, withT: true);
            }

            double* cached = multiple == 1 ? work.Entry : work.Temporaries;
            Copy(work.Point, cached, 3 * Element);
            TField.Multiply(cached + (3 * Element), work.Point + (3 * Element), work.TwoD);
            Store(work, cached, multiple);
        }
    }

    /// <summary>A root of (y² − 1) / (dy² + 1) into X; a bit for each lane that has one.</summary>
    private static int SquareRoot(in LaneWorkspace<TField> work)
    {
        double* u = work.Temporaries;
        double* v = u + Element;
        double* v3 = v + Element;
        double* power = v3 + Element;
        double* a = power + Element;
        double* b = a + Element;
        TField.Square(a, work.Y);
        TField.Subtract(u, a, work.One);
        TField.Multiply(a, a, work.D);
        TField.Add(v, a, work.One);
        TField.Square(v3, v);
        TField.Multiply(v3, v3, v);
        TField.Square(a, v3);
        TField.Multiply(a, a, v);
        TField.Multiply(a, a, u);                         // u·v⁷
        LanePowers<TField>.PowerForRoot(power, a, work.PowerScratch);
        TField.Multiply(a, u, v3);
        TField.Multiply(work.X, power, a);

        TField.Square(a, work.X);
        TField.Multiply(a, a, v);                         // ±u or ±u·√−1
        TField.Subtract(b, a, u);
        int direct = TField.ZeroLanes(b);
        TField.Add(b, a, u);
        int twisted = TField.ZeroLanes(b) & ~direct;      // u = 0 is direct
        TField.Multiply(a, work.X, work.SquareRootOfMinusOne);
        TField.ReplaceLanes(work.X, a, twisted);
        return direct | twisted;
    }

    private static void StoreIdentity(in LaneWorkspace<TField> work)
    {
        Copy(work.One, work.Temporaries, Element);
        Copy(work.One, work.Temporaries + Element, Element);
        Copy(work.One, work.Temporaries + (2 * Element), Element);
        Copy(work.Zero, work.Temporaries + (3 * Element), Element);
        Store(work, work.Temporaries, 0);
    }

    private static void Store(in LaneWorkspace<TField> work, double* cached, int multiple) =>
        TField.StoreRows(
            work.KeyTables + (multiple * LaneWorkspace<TField>.KeyRowLength),
            LaneWorkspace<TField>.KeyStride,
            cached,
            LaneWorkspace<TField>.KeyRowLength);

    private static void Copy(double* from, double* to, int length) =>
        new ReadOnlySpan<double>(from, length).CopyTo(new Span<double>(to, length));
}
