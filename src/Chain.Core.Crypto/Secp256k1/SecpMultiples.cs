using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>
/// P, 3P, 5P … and their images under the endomorphism, affine without an inversion: all on one isomorphic curve
/// (x·u², y·u³), where u is the Z that the last multiple would have.
/// </summary>
internal static class SecpMultiples
{
    /// <summary>Width of the digits that the tables serve.</summary>
    public const int Width = 5;

    /// <summary>Entries of either table.</summary>
    public const int Count = 1 << (Width - 2);

    /// <summary>Fills <paramref name="table"/> with (2i + 1)·P and <paramref name="images"/> with λ times that; answers u.</summary>
    [SkipLocalsInit]
    public static SecpFieldElement Fill(in SecpAffinePoint point, Span<SecpAffinePoint> table, Span<SecpAffinePoint> images)
    {
        // On the isomorphic curve of the Z of 2P, 2P itself is affine, and each step is a mixed addition.
        SecpPoint doubled = SecpPoint.FromAffine(point).Double();
        var step = new SecpAffinePoint(doubled.X, doubled.Y);
        SecpFieldElement square = doubled.Z.Square();
        SecpPoint multiple = new(point.X * square, point.Y * (square * doubled.Z), SecpFieldElement.One);
        Span<SecpFieldElement> ratios = stackalloc SecpFieldElement[Count];
        table[0] = new SecpAffinePoint(multiple.X, multiple.Y);
        for (int i = 1; i < Count; i++)
        {
            multiple = multiple.Add(step, out ratios[i]);
            table[i] = new SecpAffinePoint(multiple.X, multiple.Y);
        }

        BringToLastZ(table, ratios);
        SecpFieldElement beta = SecpEndomorphism.Beta;
        for (int i = 0; i < Count; i++)
        {
            images[i] = new SecpAffinePoint(table[i].X * beta, table[i].Y);
        }

        return multiple.Z * doubled.Z;
    }

    private static void BringToLastZ(Span<SecpAffinePoint> table, ReadOnlySpan<SecpFieldElement> ratios)
    {
        ref SecpAffinePoint last = ref table[^1];
        last = new SecpAffinePoint(last.X.Tighten(), last.Y.Tighten());
        SecpFieldElement scale = SecpFieldElement.One;
        for (int i = table.Length - 2; i >= 0; i--)
        {
            scale *= ratios[i + 1];
            SecpFieldElement square = scale.Square();
            table[i] = new SecpAffinePoint(table[i].X * square, table[i].Y * (square * scale));
        }
    }
}
