using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Crypto;

/// <content>Tables with one row a point, read for 8 lanes at once by transposing 8 rows.</content>
internal readonly unsafe partial struct LaneField512
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadCached(double* entry, double** rows, int negativeLanes)
    {
        unchecked
        {
            Transpose(rows, 0, out Vector512<double> v0, out Vector512<double> v1, out Vector512<double> v2, out Vector512<double> v3);
            Transpose(rows, 4, out Vector512<double> v4, out Vector512<double> v5, out Vector512<double> v6, out Vector512<double> v7);
            Transpose(rows, 8, out Vector512<double> v8, out Vector512<double> v9, out Vector512<double> v10, out Vector512<double> v11);
            Transpose(rows, 12, out Vector512<double> v12, out Vector512<double> v13, out Vector512<double> v14, out Vector512<double> v15);
            Transpose(rows, 16, out Vector512<double> v16, out Vector512<double> v17, out Vector512<double> v18, out Vector512<double> v19);

            // The negative of a point: Y − X and Y + X change places, 2dT its sign.
            Vector512<double> negative = LaneMask(negativeLanes);
            Vector512<double> sign = negative & Vector512.Create(-0.0);
            Vector512.ConditionalSelect(negative, v5, v0).StoreAligned(entry + 0);
            Vector512.ConditionalSelect(negative, v0, v5).StoreAligned(entry + 40);
            Vector512.ConditionalSelect(negative, v6, v1).StoreAligned(entry + 8);
            Vector512.ConditionalSelect(negative, v1, v6).StoreAligned(entry + 48);
            Vector512.ConditionalSelect(negative, v7, v2).StoreAligned(entry + 16);
            Vector512.ConditionalSelect(negative, v2, v7).StoreAligned(entry + 56);
            Vector512.ConditionalSelect(negative, v8, v3).StoreAligned(entry + 24);
            Vector512.ConditionalSelect(negative, v3, v8).StoreAligned(entry + 64);
            Vector512.ConditionalSelect(negative, v9, v4).StoreAligned(entry + 32);
            Vector512.ConditionalSelect(negative, v4, v9).StoreAligned(entry + 72);
            v10.StoreAligned(entry + 80);
            v11.StoreAligned(entry + 88);
            v12.StoreAligned(entry + 96);
            v13.StoreAligned(entry + 104);
            v14.StoreAligned(entry + 112);
            (v15 ^ sign).StoreAligned(entry + 120);
            (v16 ^ sign).StoreAligned(entry + 128);
            (v17 ^ sign).StoreAligned(entry + 136);
            (v18 ^ sign).StoreAligned(entry + 144);
            (v19 ^ sign).StoreAligned(entry + 152);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadAffine(double* entry, double** rows, int negativeLanes)
    {
        unchecked
        {
            Transpose(rows, 0, out Vector512<double> v0, out Vector512<double> v1, out Vector512<double> v2, out Vector512<double> v3);
            Transpose(rows, 4, out Vector512<double> v4, out Vector512<double> v5, out Vector512<double> v6, out Vector512<double> v7);
            Transpose(rows, 8, out Vector512<double> v8, out Vector512<double> v9, out Vector512<double> v10, out Vector512<double> v11);
            Transpose(rows, 12, out Vector512<double> v12, out Vector512<double> v13, out Vector512<double> v14, out Vector512<double> v15);

            // The negative of a point: Y − X and Y + X change places, 2dT its sign.
            Vector512<double> negative = LaneMask(negativeLanes);
            Vector512<double> sign = negative & Vector512.Create(-0.0);
            Vector512.ConditionalSelect(negative, v5, v0).StoreAligned(entry + 0);
            Vector512.ConditionalSelect(negative, v0, v5).StoreAligned(entry + 40);
            Vector512.ConditionalSelect(negative, v6, v1).StoreAligned(entry + 8);
            Vector512.ConditionalSelect(negative, v1, v6).StoreAligned(entry + 48);
            Vector512.ConditionalSelect(negative, v7, v2).StoreAligned(entry + 16);
            Vector512.ConditionalSelect(negative, v2, v7).StoreAligned(entry + 56);
            Vector512.ConditionalSelect(negative, v8, v3).StoreAligned(entry + 24);
            Vector512.ConditionalSelect(negative, v3, v8).StoreAligned(entry + 64);
            Vector512.ConditionalSelect(negative, v9, v4).StoreAligned(entry + 32);
            Vector512.ConditionalSelect(negative, v4, v9).StoreAligned(entry + 72);
            (v10 ^ sign).StoreAligned(entry + 80);
            (v11 ^ sign).StoreAligned(entry + 88);
            (v12 ^ sign).StoreAligned(entry + 96);
            (v13 ^ sign).StoreAligned(entry + 104);
            (v14 ^ sign).StoreAligned(entry + 112);
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
                    Vector512.LoadAligned(vectors + (8 * i)),
                    Vector512.LoadAligned(vectors + (8 * (i + 1))),
                    Vector512.LoadAligned(vectors + (8 * (i + 2))),
                    Vector512.LoadAligned(vectors + (8 * (i + 3))));
            }
        }
    }

    /// <summary>Four values of each row, as four vectors of lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        double** rows, int offset, out Vector512<double> v0, out Vector512<double> v1, out Vector512<double> v2, out Vector512<double> v3)
    {
        // Two rows a vector, then pairs of rows, then pairs of pairs.
        Vector512<double> a = Rows(rows, 0, 2, offset), b = Rows(rows, 1, 3, offset);
        Vector512<double> c = Rows(rows, 4, 6, offset), d = Rows(rows, 5, 7, offset);
        Vector512<double> even = Avx512F.UnpackLow(a, b), evenHigh = Avx512F.UnpackLow(c, d);
        Vector512<double> odd = Avx512F.UnpackHigh(a, b), oddHigh = Avx512F.UnpackHigh(c, d);
        v0 = Avx512F.Shuffle4x128(even, evenHigh, 0x88);
        v1 = Avx512F.Shuffle4x128(odd, oddHigh, 0x88);
        v2 = Avx512F.Shuffle4x128(even, evenHigh, 0xDD);
        v3 = Avx512F.Shuffle4x128(odd, oddHigh, 0xDD);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Rows(double** rows, int low, int high, int offset) =>
        Vector512.Create(Vector256.Load(unchecked(rows[low] + offset)), Vector256.Load(unchecked(rows[high] + offset)));

    /// <summary>The transpose of a 4 × 8 block: four values for each of eight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreBlock(double* row, nint laneStride, Vector512<double> v0, Vector512<double> v1, Vector512<double> v2, Vector512<double> v3)
    {
        unchecked
        {
            Vector512<double> even01 = Avx512F.UnpackLow(v0, v1), odd01 = Avx512F.UnpackHigh(v0, v1);
            Vector512<double> even23 = Avx512F.UnpackLow(v2, v3), odd23 = Avx512F.UnpackHigh(v2, v3);
            Vector512<long> first = Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11), second = Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15);
            Vector512<double> rows02 = Avx512F.PermuteVar8x64x2(even01, first, even23), rows13 = Avx512F.PermuteVar8x64x2(odd01, first, odd23);
            Vector512<double> rows46 = Avx512F.PermuteVar8x64x2(even01, second, even23), rows57 = Avx512F.PermuteVar8x64x2(odd01, second, odd23);
            rows02.GetLower().Store(row);
            rows13.GetLower().Store(row + laneStride);
            rows02.GetUpper().Store(row + (2 * laneStride));
            rows13.GetUpper().Store(row + (3 * laneStride));
            rows46.GetLower().Store(row + (4 * laneStride));
            rows57.GetLower().Store(row + (5 * laneStride));
            rows46.GetUpper().Store(row + (6 * laneStride));
            rows57.GetUpper().Store(row + (7 * laneStride));
        }
    }
}
