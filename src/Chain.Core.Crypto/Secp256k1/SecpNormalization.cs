namespace Chain.Core.Crypto;

/// <summary>Affine coordinates of many points for one inversion (Montgomery's trick).</summary>
internal static class SecpNormalization
{
    /// <summary>Writes one affine point for each point; none may be the point at infinity.</summary>
    public static void ToAffine(ReadOnlySpan<SecpPoint> points, Span<SecpAffinePoint> affine)
    {
        if (points.IsEmpty)
        {
            return;
        }

        // The products of the Zs up to each point wait in the x of the answer.
        SecpFieldElement product = SecpFieldElement.One;
        for (int i = 0; i < points.Length; i++)
        {
            affine[i] = new SecpAffinePoint(product, default);
            product *= points[i].Z;
        }

        SecpFieldElement inverse = product.Invert();
        for (int i = points.Length - 1; i >= 0; i--)
        {
            SecpFieldElement inverseOfZ = inverse * affine[i].X;
            inverse *= points[i].Z;
            affine[i] = points[i].ToAffine(inverseOfZ);
        }
    }
}
