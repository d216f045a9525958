using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Crypto;

/// <content>Tables with one row a point, read for 4 lanes at once by transposing 4 rows.</content>
internal readonly unsafe partial struct LaneField256
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadCached(double* entry, double** rows, int negativeLanes)
    {
        unchecked
        {
            Transpose(rows, 0, out Vector256<double> v0, out Vector256<double> v1, out Vector256<double> v2, out Vector256<double> v3);
            Transpose(rows, 4, out Vector256<double> v4, out Vector256<double> v5, out Vector256<double> v6, out Vector256<double> v7);
            Transpose(rows, 8, out Vector256<double> v8, out Vector256<double> v9, out Vector256<double> v10, out Vector256<double> v11);
            Transpose(rows, 12, out Vector256<double> v12, out Vector256<double> v13, out Vector256<double> v14, out Vector256<double> v15);
            Transpose(rows, 16, out Vector256<double> v16, out Vector256<double> v17, out Vector256<double> v18, out Vector256<double> v19);

            // The negative of a point: Y − X and Y + X change places, 2dT its sign.
            Vector256<double> negative = LaneMask(negativeLanes);
            Vector256<double> sign = negative & Vector256.Create(-0.0);
            Vector256.ConditionalSelect(negative, v5, v0).StoreAligned(entry + 0);
            Vector256.ConditionalSelect(negative, v0, v5).StoreAligned(entry + 20);
            Vector256.ConditionalSelect(negative, v6, v1).StoreAligned(entry + 4);
            Vector256.ConditionalSelect(negative, v1, v6).StoreAligned(entry + 24);
            Vector256.ConditionalSelect(negative, v7, v2).StoreAligned(entry + 8);
            Vector256.ConditionalSelect(negative, v2, v7).StoreAligned(entry + 28);
            Vector256.ConditionalSelect(negative, v8, v3).StoreAligned(entry + 12);
            Vector256.ConditionalSelect(negative, v3, v8).StoreAligned(entry + 32);
            Vector256.ConditionalSelect(negative, v9, v4).StoreAligned(entry + 16);
            Vector256.ConditionalSelect(negative, v4, v9).StoreAligned(entry + 36);
            v10.StoreAligned(entry + 40);
            v11.StoreAligned(entry + 44);
            v12.StoreAligned(entry + 48);
            v13.StoreAligned(entry + 52);
            v14.StoreAligned(entry + 56);
            (v15 ^ sign).StoreAligned(entry + 60);
            (v16 ^ sign).StoreAligned(entry + 64);
            (v17 ^ sign).StoreAligned(entry + 68);
            (v18 ^ sign).StoreAligned(entry + 72);
            (v19 ^ sign).StoreAligned(entry + 76);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadAffine(double* entry, double** rows, int negativeLanes)
    {
        unchecked
        {
            Transpose(rows, 0, out Vector256<double> v0, out Vector256<double> v1, out Vector256<double> v2, out Vector256<double> v3);
            Transpose(rows, 4, out Vector256<double> v4, out Vector256<double> v5, out Vector256<double> v6, out Vector256<double> v7);
            Transpose(rows, 8, out Vector256<double> v8, out Vector256<double> v9, out Vector256<double> v10, out Vector256<double> v11);
            Transpose(rows, 12, out Vector256<double> v12, out Vector256<double> v13, out Vector256<double> v14, out Vector256<double> v15);

            // The negative of a point: Y − X and Y + X change places, 2dT its sign.
            Vector256<double> negative = LaneMask(negativeLanes);
            Vector256<double> sign = negative & Vector256.Create(-0.0);
            Vector256.ConditionalSelect(negative, v5, v0).StoreAligned(entry + 0);
            Vector256.ConditionalSelect(negative, v0, v5).StoreAligned(entry + 20);
            Vector256.ConditionalSelect(negative, v6, v1).StoreAligned(entry + 4);
            Vector256.ConditionalSelect(negative, v1, v6).StoreAligned(entry + 24);
            Vector256.ConditionalSelect(negative, v7, v2).StoreAligned(entry + 8);
            Vector256.ConditionalSelect(negative, v2, v7).StoreAligned(entry + 28);
            Vector256.ConditionalSelect(negative, v8, v3).StoreAligned(entry + 12);
            Vector256.ConditionalSelect(negative, v3, v8).StoreAligned(entry + 32);
            Vector256.ConditionalSelect(negative, v9, v4).StoreAligned(entry + 16);
            Vector256.ConditionalSelect(negative, v4, v9).StoreAligned(entry + 36);
            (v10 ^ sign).StoreAligned(entry + 40);
            (v11 ^ sign).StoreAligned(entry + 44);
            (v12 ^ sign).StoreAligned(entry + 48);
            (v13 ^ sign).StoreAligned(entry + 52);
            (v14 ^ sign).StoreAligned(entry + 56);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreRows(double* row, nint laneStride, double* vectors, int count)
    {
        unchecked
        {
            for (int i = 0; i < count; i += 4)
            {
                StoreBlock(
                    row + i,
                    laneStride,
                    Vector256.LoadAligned(vectors + (4 * i)),
                    Vector256.LoadAligned(vectors + (4 * (i + 1))),
                    Vector256.LoadAligned(vectors + (4 * (i + 2))),
                    Vector256.LoadAligned(vectors + (4 * (i + 3))));
            }
        }
    }

    /// <summary>Four values of each row, as four vectors of lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        double** rows, int offset, out Vector256<double> v0, out Vector256<double> v1, out Vector256<double> v2, out Vector256<double> v3)
    {
        Vector256<double> a = Rows(rows, 0, 2, offset), b = Rows(rows, 1, 3, offset);
        Vector256<double> c = Rows(rows, 0, 2, offset + 2), d = Rows(rows, 1, 3, offset + 2);
        v0 = Avx.UnpackLow(a, b);
        v1 = Avx.UnpackHigh(a, b);
        v2 = Avx.UnpackLow(c, d);
        v3 = Avx.UnpackHigh(c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Rows(double** rows, int low, int high, int offset) =>
        Vector256.Create(Vector128.Load(unchecked(rows[low] + offset)), Vector128.Load(unchecked(rows[high] + offset)));

    private static void StoreBlock(double* row, nint laneStride, Vector256<double> v0, Vector256<double> v1, Vector256<double> v2, Vector256<double> v3)
    {
        Vector256<double> low01 = Avx.UnpackLow(v0, v1), high01 = Avx.UnpackHigh(v0, v1);
        Vector256<double> low23 = Avx.UnpackLow(v2, v3), high23 = Avx.UnpackHigh(v2, v3);
        Vector256.Create(low01.GetLower(), low23.GetLower()).Store(row);
        Vector256.Create(high01.GetLower(), high23.GetLower()).Store(row + laneStride);
        Vector256.Create(low01.GetUpper(), low23.GetUpper()).Store(row + (2 * laneStride));
        Vector256.Create(high01.GetUpper(), high23.GetUpper()).Store(row + (3 * laneStride));
    }
}
