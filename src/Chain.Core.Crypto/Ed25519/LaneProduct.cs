using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>
/// The sums of a verification in every lane: one chain of doublings, fixed windows of 4 bits for keys and nonces and of 8 bits
/// for the base point.
/// </summary>
internal static unsafe class LaneProduct<TField>
    where TField : struct, ILaneField
{
    /// <summary>
    /// vS·B − u·A − v·R into <see cref="LaneWorkspace{TField}.Point"/>, without T: both halves of vS share the doublings with u
    /// and v (<see cref="HalfScalars"/>).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(in LaneWorkspace<TField> work)
    {
        unchecked
        {
            const int Digits = LaneWorkspace<TField>.ChallengeLength / 2;
            double* point = work.Point;
            double* entry = work.Entry;
            double* scratch = work.CurveScratch;
            double** rows = stackalloc double*[TField.Lanes];

            SetIdentity(work);
            for (int i = Digits - 1; i >= 0; i--)
            {
                if (i != Digits - 1)
                {
                    LaneCurve<TField>.Double(point, scratch, withT: false);
                    LaneCurve<TField>.Double(point, scratch, withT: false);
                    LaneCurve<TField>.Double(point, scratch, withT: false);
                    LaneCurve<TField>.Double(point, scratch, withT: true);
                }

                bool withBase = (i & 1) == 0;
                TField.LoadCached(entry, rows, ChooseUnknown(rows, work.Digits + i, work.KeyTables));
                LaneCurve<TField>.Add(point, entry, scratch, withT: true);
                TField.LoadCached(entry, rows, ChooseUnknown(rows, work.Digits + Digits + i, work.NonceTables));
                LaneCurve<TField>.Add(point, entry, scratch, withT: withBase);
                if (withBase)
                {
                    AddBaseParts(work, rows, i >> 1, parts: 2);
                }
            }
        }
    }

    /// <summary>
    /// S·B − k·A into <see cref="LaneWorkspace{TField}.Point"/>, without T, for keys with tables (<see cref="LaneKeyTable"/>),
    /// one a lane: the four parts of 64 bits of both scalars share the doublings.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ComputeKnown(in LaneWorkspace<TField> work, double** keyTables)
    {
        unchecked
        {
            const int Digits = LaneWorkspace<TField>.ChallengeLength / LaneKeyTable.Parts;
            double* point = work.Point;
            double* scratch = work.CurveScratch;
            double** rows = stackalloc double*[TField.Lanes];

            SetIdentity(work);
            for (int i = Digits - 1; i >= 0; i--)
            {
                if (i != Digits - 1)
                {
                    LaneCurve<TField>.Double(point, scratch, withT: false);
                    LaneCurve<TField>.Double(point, scratch, withT: false);
                    LaneCurve<TField>.Double(point, scratch, withT: false);
                    LaneCurve<TField>.Double(point, scratch, withT: true);
                }

                bool withBase = (i & 1) == 0;
                for (int part = 0; part < LaneKeyTable.Parts; part++)
                {
                    sbyte* digits = work.Digits + (Digits * part) + i;
                    int negative = ChooseKnown(rows, digits, keyTables, part);
                    TField.LoadAffine(work.Entry, rows, negative);
                    LaneCurve<TField>.AddAffine(point, work.Entry, scratch, withT: withBase || part != LaneKeyTable.Parts - 1);
                }

                if (withBase)
                {
                    AddBaseParts(work, rows, i >> 1, LaneKeyTable.Parts);
                }
            }
        }
    }

    /// <summary>Adds the digits with one index of every part of the base point's scalar, 256 bits in all.</summary>
    private static void AddBaseParts(in LaneWorkspace<TField> work, double** rows, int index, int parts)
    {
        unchecked
        {
            int digits = LaneWorkspace<TField>.ScalarLength / parts;
            int tables = LaneKeyTable.Parts / parts * LaneBaseTable.PartLength;
            sbyte* scalar = work.Digits + (LaneWorkspace<TField>.ChallengeLength * TField.Lanes);
            for (int part = 0; part < parts; part++)
            {
                int negative = Choose(
                    rows, scalar + (digits * part) + index, LaneWorkspace<TField>.ScalarLength,
                    LaneBaseTable.Rows + (part * tables), 0, LaneRows.Length);
                TField.LoadAffine(work.Entry, rows, negative);
                LaneCurve<TField>.AddAffine(work.Point, work.Entry, work.CurveScratch, withT: part != parts - 1);
            }
        }
    }

    private static int ChooseUnknown(double** rows, sbyte* digits, double* tables) => Choose(
        rows, digits, LaneWorkspace<TField>.ChallengeLength,
        tables, LaneWorkspace<TField>.KeyStride, LaneWorkspace<TField>.KeyRowLength);

    private static int ChooseKnown(double** rows, sbyte* digits, double** keyTables, int part)
    {
        unchecked
        {
            int negative = 0;
            for (int lane = 0; lane < TField.Lanes; lane++)
            {
                int digit = digits[lane * LaneWorkspace<TField>.ChallengeLength];
                int sign = digit >> 31;
                negative |= (sign & 1) << lane;
                rows[lane] = keyTables[lane] + (part * LaneKeyTable.PartLength) + (((digit ^ sign) - sign) * LaneRows.Length);
            }

            return negative;
        }
    }

    /// <summary>The row of each lane's digit, and a bit for each lane whose digit is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Choose(
        double** rows, sbyte* digits, int digitStride, double* tables, nint tableStride, int rowLength)
    {
        int negative = 0;
        for (int lane = 0; lane < TField.Lanes; lane++)
        {
            int digit = digits[lane * digitStride];
            int sign = digit >> 31;
            negative |= (sign & 1) << lane;
            rows[lane] = tables + (lane * tableStride) + (((digit ^ sign) - sign) * rowLength);
        }

        return negative;
    }

    private static void SetIdentity(in LaneWorkspace<TField> work)
    {
        unchecked
        {
            int element = LaneWorkspace<TField>.Element;
            for (int i = 0; i < element; i++)
            {
                work.Point[i] = work.One[i];
                work.Point[element + i] = work.One[i];
                work.Point[(2 * element) + i] = work.One[i];
                work.Point[(3 * element) + i] = 0;
            }
        }
    }
}
