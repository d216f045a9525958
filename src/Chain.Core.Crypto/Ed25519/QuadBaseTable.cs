using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chain.Core.Crypto;

/// <summary>Odd multiples of B as entries of <see cref="QuadCurve"/>. Computed once, at first use, then never written.</summary>
internal static unsafe class QuadBaseTable
{
    private const int CacheLine = 64;

    // Pinned and aligned.
    private static readonly double[] LowMemory = Fill(BasePointTable.OddMultiples());
    private static readonly double[] HighMemory = Fill(VrfBaseTable.High);

    /// <summary>Entry i, of <see cref="QuadCurve.Element"/> doubles, is (2i + 1)·B.</summary>
    public static double* Low => Align(LowMemory);

    /// <summary>Entry i is (2i + 1)·2¹²⁸·B.</summary>
    public static double* High => Align(HighMemory);

    private static double[] Fill(ReadOnlySpan<AffineCachedPoint> points)
    {
        double[] memory = GC.AllocateArray<double>(
            (points.Length * QuadCurve.Element) + (CacheLine / sizeof(double)), pinned: true);
        double* entry = Align(memory);
        foreach (ref readonly AffineCachedPoint point in points)
        {
            LaneLimbs.Write(entry, 4, point.YMinusX);
            LaneLimbs.Write(entry + 1, 4, point.YPlusX);
            LaneLimbs.Write(entry + 2, 4, FieldElement.One);
            LaneLimbs.Write(entry + 3, 4, point.TwoDXY);
            entry += QuadCurve.Element;
        }

        return memory;
    }

    private static double* Align(double[] pinned)
    {
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        return (double*)((address + CacheLine - 1) & -CacheLine);
    }
}
