using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chain.Core.Crypto;

/// <summary>
/// Points as rows for <see cref="ILaneField.LoadAffine"/>: y − x, y + x, 2dxy and one double of padding. The memory is pinned
/// and aligned to cache lines, so that a row touches two of them.
/// </summary>
internal sealed unsafe class LaneRows
{
    /// <summary>Doubles in a row.</summary>
    public const int Length = 16;

    private const int CacheLine = 64;
    private const int BitsOfPart = 64;

    private readonly double[] _memory;

    public LaneRows(int rows)
    {
        _memory = GC.AllocateArray<double>((rows * Length) + (CacheLine / sizeof(double)), pinned: true);
    }

    /// <summary>The first row. Valid as long as this object is reachable.</summary>
    public double* Start
    {
        get
        {
            nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
            return (double*)((address + CacheLine - 1) & -CacheLine);
        }
    }

    /// <summary>Writes 0 to <paramref name="largest"/> times P, 2⁶⁴·P, 2¹²⁸·P and so on, one part after the other.</summary>
    public void FillParts(in EdwardsPoint point, int parts, int largest)
    {
        var multiples = new EdwardsPoint[parts * (largest + 1)];
        EdwardsPoint step = point;
        for (int part = 0; part < parts; part++)
        {
            Span<EdwardsPoint> ofPart = multiples.AsSpan(part * (largest + 1), largest + 1);
            ofPart[0] = EdwardsPoint.Identity;
            for (int i = 1; i <= largest; i++)
            {
                ofPart[i] = ofPart[i - 1] + step;
            }

            for (int i = 0; part < parts - 1 && i < BitsOfPart; i++)
            {
                step = step.Double();
            }
        }

        Write(multiples);
    }

    /// <summary>Writes the points with one inversion for all (Montgomery's trick).</summary>
    private void Write(ReadOnlySpan<EdwardsPoint> points)
    {
        var products = new FieldElement[points.Length];
        FieldElement product = FieldElement.One;
        for (int i = 0; i < points.Length; i++)
        {
            products[i] = product;
            product *= points[i].Z;
        }

        FieldElement inverse = product.Invert();
        for (int i = points.Length - 1; i >= 0; i--)
        {
            var entry = new AffineCachedPoint(points[i], inverse * products[i]);
            inverse *= points[i].Z;
            double* row = Start + (i * Length);
            LaneLimbs.Write(row, 1, entry.YMinusX);
            LaneLimbs.Write(row + 5, 1, entry.YPlusX);
            LaneLimbs.Write(row + 10, 1, entry.TwoDXY);
        }
    }
}
