namespace Chain.Core.Crypto;

/// <summary>Public keys in lanes: decoding as ZIP-215 wants it, and the table of multiples.</summary>
internal static unsafe class LaneKeys<TField>
    where TField : struct, ILaneField
{
    private static int Element => 5 * TField.Lanes;

    /// <summary>
    /// Turns the y of every lane into the negative of its point, as U, V, Z = 1 and T in <see cref="LaneWorkspace{TField}.Point"/>,
    /// and those of a second element of y, if there are signs for it, into the point behind. Lanes that are no point become
    /// the neutral element.
    /// </summary>
    /// <param name="work">Y holds limbs as they were read.</param>
    /// <param name="signs">One or two numbers with a bit for each lane: the sign of x.</param>
    /// <param name="decoded">As many, with a bit for each lane: whether there is such a point.</param>
    public static void DecodeNegative(in LaneWorkspace<TField> work, ReadOnlySpan<int> signs, Span<int> decoded)
    {
        for (int i = 0; i < signs.Length; i++)
        {
            double* y = work.Y + (i * Element);
            TField.Add(y, y, work.Zero);
        }

        SquareRoots(work, decoded[..signs.Length]);
        for (int i = 0; i < signs.Length; i++)
        {
            double* x = work.X + (i * Element);
            double* y = work.Y + (i * Element);

            // Negated where the parity of the root is already that of the point.
            TField.NegateLanes(x, ~(TField.OddLanes(x) ^ signs[i]));
            TField.ReplaceLanes(x, work.Zero, ~decoded[i]);
            TField.ReplaceLanes(y, work.One, ~decoded[i]);

            double* point = work.Point + (4 * i * Element);
            TField.Subtract(point, y, x);
            TField.Add(point + Element, y, x);
            TField.Add(point + (2 * Element), work.One, work.Zero);
            TField.Multiply(point + (3 * Element), x, y);
        }
    }

    /// <summary>Fills a lane's table with the multiples 0 to 8 of <see cref="LaneWorkspace{TField}.Point"/>, which is lost.</summary>
    public static void FillTables(in LaneWorkspace<TField> work, double* tables)
    {
        StoreIdentity(work, tables);
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
            Store(tables, cached, multiple);
        }
    }

    /// <summary>
    /// A root of (y² − 1) / (dy² + 1) into each element of X; a bit for each lane that has one. The long chains of squares run
    /// side by side.
    /// </summary>
    private static void SquareRoots(in LaneWorkspace<TField> work, Span<int> found)
    {
        int count = found.Length;
        double* u = work.Temporaries;
        double* v = u + (count * Element);
        double* v3 = v + (count * Element);
        double* power = v3 + (count * Element);
        double* a = power + (count * Element);
        for (int i = 0; i < count; i++)
        {
            PrepareRoot(work, work.Y + (i * Element), u + (i * Element), v + (i * Element), v3 + (i * Element), a + (i * Element));
        }

        LanePowers<TField>.PowerForRoot(power, a, work.PowerScratch, count);
        for (int i = 0; i < count; i++)
        {
            TField.Multiply(a, u + (i * Element), v3 + (i * Element));
            TField.Multiply(work.X + (i * Element), power + (i * Element), a);
            found[i] = CompleteRoot(work, work.X + (i * Element), u + (i * Element), v + (i * Element), a, a + Element);
        }
    }

    /// <summary>u = y² − 1, v = dy² + 1, v³, and u·v⁷, whose power is the root but for a factor.</summary>
    private static void PrepareRoot(in LaneWorkspace<TField> work, double* y, double* u, double* v, double* v3, double* base7)
    {
        TField.Square(base7, y);
        TField.Subtract(u, base7, work.One);
        TField.Multiply(base7, base7, work.D);
        TField.Add(v, base7, work.One);
        TField.Square(v3, v);
        TField.Multiply(v3, v3, v);
        TField.Square(base7, v3);
        TField.Multiply(base7, base7, v);
        TField.Multiply(base7, base7, u);
    }

    /// <summary>Makes of u·v³·(u·v⁷)^((p − 5) / 8) a root, in the lanes that have one.</summary>
    private static int CompleteRoot(in LaneWorkspace<TField> work, double* x, double* u, double* v, double* a, double* b)
    {
        TField.Square(a, x);
        TField.Multiply(a, a, v);                         // ±u or ±u·√−1
        TField.Subtract(b, a, u);
        int direct = TField.ZeroLanes(b);
        TField.Add(b, a, u);
        int twisted = TField.ZeroLanes(b) & ~direct;      // u = 0 is direct
        TField.Multiply(a, x, work.SquareRootOfMinusOne);
        TField.ReplaceLanes(x, a, twisted);
        return direct | twisted;
    }

    private static void StoreIdentity(in LaneWorkspace<TField> work, double* tables)
    {
        Copy(work.One, work.Temporaries, Element);
        Copy(work.One, work.Temporaries + Element, Element);
        Copy(work.One, work.Temporaries + (2 * Element), Element);
        Copy(work.Zero, work.Temporaries + (3 * Element), Element);
        Store(tables, work.Temporaries, 0);
    }

    private static void Store(double* tables, double* cached, int multiple) =>
        TField.StoreRows(
            tables + (multiple * LaneWorkspace<TField>.KeyRowLength),
            LaneWorkspace<TField>.KeyStride,
            cached,
            LaneWorkspace<TField>.KeyRowLength);

    private static void Copy(double* from, double* to, int length) =>
        new ReadOnlySpan<double>(from, length).CopyTo(new Span<double>(to, length));
}
