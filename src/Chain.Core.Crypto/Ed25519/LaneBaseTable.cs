using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chain.Core.Crypto;

/// <summary>0·B to 128·B as rows for <see cref="ILaneField.LoadAffine"/>. Computed once, at first use, then never written.</summary>
internal static unsafe class LaneBaseTable
{
    /// <summary>Doubles a row: three elements and one of padding.</summary>
    public const int RowLength = 16;

    /// <summary>The largest multiple in the table: digits are signed bytes.</summary>
    public const int Largest = 128;

    private const int CacheLine = 64;

    // Pinned, so that a row stays in as few cache lines as it can.
    private static readonly double[] Storage = Fill();

    /// <summary>Row 0; row i is i·B.</summary>
    public static double* Rows => Aligned(Storage);

    private static double[] Fill()
    {
        double[] storage = GC.AllocateArray<double>(
            ((Largest + 1) * RowLength) + (CacheLine / sizeof(double)), pinned: true);
        double* row = Aligned(storage);
        EdwardsPoint multiple = EdwardsPoint.Identity;
        for (int i = 0; i <= Largest; i++)
        {
            var entry = new AffineCachedPoint(multiple, multiple.Z.Invert());
            LaneLimbs.Write(row, 1, entry.YMinusX);
            LaneLimbs.Write(row + 5, 1, entry.YPlusX);
            LaneLimbs.Write(row + 10, 1, entry.TwoDXY);
            multiple += EdwardsPoint.Base;
            row += RowLength;
        }

        return storage;
    }

    private static double* Aligned(double[] pinned)
    {
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        return (double*)((address + CacheLine - 1) & -CacheLine);
    }
}
