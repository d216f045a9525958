using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>S·B − k·A in every lane: one chain of doublings, fixed windows of 4 bits for k and of 8 bits for S.</summary>
internal static unsafe class LaneProduct<TField>
    where TField : struct, ILaneField
{
    /// <summary>Leaves the result in <see cref="LaneWorkspace{TField}.Point"/>, without T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(in LaneWorkspace<TField> work)
    {
        unchecked
        {
            double* point = work.Point;
            double* entry = work.Entry;
            double* scratch = work.CurveScratch;
            sbyte* challenge = work.Digits;
            sbyte* scalar = challenge + (LaneWorkspace<TField>.ChallengeLength * TField.Lanes);
            double* baseTable = LaneBaseTable.Rows;
            double** rows = stackalloc double*[TField.Lanes];

            SetIdentity(work);
            for (int i = LaneWorkspace<TField>.ChallengeLength - 1; i >= 0; i--)
            {
                if (i != LaneWorkspace<TField>.ChallengeLength - 1)
                {
                    LaneCurve<TField>.Double(point, scratch, withT: false);
                    LaneCurve<TField>.Double(point, scratch, withT: false);
                    LaneCurve<TField>.Double(point, scratch, withT: false);
                    LaneCurve<TField>.Double(point, scratch, withT: true);
                }

                int negative = Choose(
                    rows, challenge + i, LaneWorkspace<TField>.ChallengeLength,
                    work.KeyTables, LaneWorkspace<TField>.KeyStride, LaneWorkspace<TField>.KeyRowLength);
                TField.LoadCached(entry, rows, negative);
                bool withBase = (i & 1) == 0;
                LaneCurve<TField>.Add(point, entry, scratch, withT: withBase);
                if (withBase)
                {
                    negative = Choose(
                        rows, scalar + (i >> 1), LaneWorkspace<TField>.ScalarLength,
                        baseTable, 0, LaneRows.Length);
                    TField.LoadAffine(entry, rows, negative);
                    LaneCurve<TField>.AddAffine(point, entry, scratch, withT: false);
                }
            }
        }
    }

    /// <summary>
    /// The same for keys with tables (<see cref="LaneKeyTable"/>), one a lane: the four parts of 64 bits of both scalars share
    /// the doublings.
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
                    AddBaseParts(work, rows, i >> 1);
                }
            }
        }
    }

    private static void AddBaseParts(in LaneWorkspace<TField> work, double** rows, int index)
    {
        unchecked
        {
            const int Digits = LaneWorkspace<TField>.ScalarLength / LaneKeyTable.Parts;
            sbyte* scalar = work.Digits + (LaneWorkspace<TField>.ChallengeLength * TField.Lanes);
            for (int part = 0; part < LaneKeyTable.Parts; part++)
            {
                int negative = Choose(
                    rows, scalar + (Digits * part) + index, LaneWorkspace<TField>.ScalarLength,
                    LaneBaseTable.Rows + (part * LaneBaseTable.PartLength), 0, LaneRows.Length);
                TField.LoadAffine(work.Entry, rows, negative);
                LaneCurve<TField>.AddAffine(work.Point, work.Entry, work.CurveScratch, withT: part != LaneKeyTable.Parts - 1);
            }
        }
    }

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
