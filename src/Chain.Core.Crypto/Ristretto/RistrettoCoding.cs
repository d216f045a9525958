namespace Chain.Core.Crypto;

/// <summary>
/// The group of prime order L made of edwards25519 as in RFC 9496: elements are points of which four are the same.
/// Variable time: public data only.
/// </summary>
internal static class RistrettoCoding
{
    /// <summary>Length of an encoding in bytes.</summary>
    public const int Size = FieldElement.Size;

    private static FieldElement SquareRootOfMinusDMinusOne =>
        new(0x7f6a0497b2e1b, 0x1836f0a97afd2, 0x7d747f6be7638, 0x456079e7e6498, 0x376931bf2b834);

    private static FieldElement InverseRootOfMinusOneMinusD =>
        new(0x0fdaa805d40ea, 0x2eb482e57d339, 0x007610274bc58, 0x6510b613dc8ff, 0x786c8905cfaff);

    private static FieldElement OneMinusDSquared =>
        new(0x409c1945fc176, 0x719abc6a1fc4f, 0x1c37f90b20684, 0x06bccca55eedf, 0x029072a8b2b3e);

    private static FieldElement DMinusOneSquared =>
        new(0x55aaa44ed4d20, 0x59603c3332635, 0x26d3baf4a7928, 0x120a66e6997a9, 0x5968b37af66c2);

    /// <summary>Decodes 32 bytes (section 4.3.1); false for anything but the one encoding of an element.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        point = EdwardsPoint.Identity;
        if (bytes.Length != Size || !TryParseNonNegative(bytes, out FieldElement s))
        {
            return false;
        }

        FieldElement one = FieldElement.One;
        FieldElement ss = s.Square();
        FieldElement u1 = one - ss;
        FieldElement u2 = one + ss;
        FieldElement u2Squared = u2.Square();
        FieldElement v = FieldElement.Zero - (FieldElement.D * u1.Square()) - u2Squared;
        bool isSquare = TryRootOfRatio(one, v * u2Squared, out FieldElement root);
        FieldElement denominatorOfX = root * u2;
        FieldElement x = Absolute((s + s) * denominatorOfX);
        FieldElement y = u1 * (root * denominatorOfX * v);
        FieldElement t = x * y;
        if (!isSquare || t.IsOdd || y.IsZero)
        {
            return false;
        }

        point = new EdwardsPoint(x, y, one, t);
        return true;
    }

    /// <summary>Writes the 32 bytes of the element that the point belongs to (section 4.3.2).</summary>
    public static void Encode(in EdwardsPoint point, Span<byte> destination)
    {
        FieldElement u1 = (point.Z + point.Y) * (point.Z - point.Y);
        FieldElement u2 = point.X * point.Y;
        TryRootOfRatio(FieldElement.One, u1 * u2.Square(), out FieldElement root);
        FieldElement denominator1 = root * u1;
        FieldElement denominator2 = root * u2;
        FieldElement inverseOfZ = denominator1 * denominator2 * point.T;
        bool rotate = (point.T * inverseOfZ).IsOdd;
        FieldElement x = rotate ? point.Y * FieldElement.SquareRootOfMinusOne : point.X;
        FieldElement y = rotate ? point.X * FieldElement.SquareRootOfMinusOne : point.Y;
        FieldElement inverse = rotate ? denominator1 * InverseRootOfMinusOneMinusD : denominator2;
        y = (x * inverseOfZ).IsOdd ? y.Negate() : y;
        Absolute(inverse * (point.Z - y)).CopyTo(destination);
    }

    /// <summary>The element of 64 uniform bytes (section 4.3.4).</summary>
    public static EdwardsPoint FromUniformBytes(ReadOnlySpan<byte> bytes) =>
        Map(FieldElement.Parse(bytes[..32])) + Map(FieldElement.Parse(bytes.Slice(32, 32)));

    /// <summary>Whether both points are the same element (section 4.3.3).</summary>
    public static bool AreSame(in EdwardsPoint a, in EdwardsPoint b) =>
        (a.X * b.Y).IsSame(a.Y * b.X) || (a.Y * b.Y).IsSame(a.X * b.X);

    /// <summary>Elligator: a point of a field element (section 4.3.4, MAP).</summary>
    private static EdwardsPoint Map(in FieldElement t)
    {
        FieldElement one = FieldElement.One;
        FieldElement r = FieldElement.SquareRootOfMinusOne * t.Square();
        FieldElement u = (r + one) * OneMinusDSquared;
        FieldElement v = (FieldElement.Zero - one - (r * FieldElement.D)) * (r + FieldElement.D);
        bool isSquare = TryRootOfRatio(u, v, out FieldElement s);
        s = isSquare ? s : Absolute(s * t).Negate();
        FieldElement c = isSquare ? one.Negate() : r;
        FieldElement n = (c * (r - one) * DMinusOneSquared) - v;
        FieldElement ss = s.Square();
        FieldElement w0 = (s + s) * v;
        FieldElement w1 = n * SquareRootOfMinusDMinusOne;
        FieldElement w2 = one - ss;
        FieldElement w3 = one + ss;
        return new EdwardsPoint(w0 * w3, w2 * w1, w1 * w3, w0 * w2);
    }

    /// <summary>SQRT_RATIO_M1: the even root of u/v, or where there is none, of √−1·u/v, with false.</summary>
    private static bool TryRootOfRatio(in FieldElement u, in FieldElement v, out FieldElement root)
    {
        bool isSquare = FieldElement.TrySquareRootOfRatio(u, v, out root);
        if (!isSquare && !(v * root.Square()).IsSame(u * FieldElement.SquareRootOfMinusOne))
        {
            root *= FieldElement.SquareRootOfMinusOne;
        }

        root = Absolute(root);
        return isSquare;
    }

    /// <summary>The even one of a tight element and its negative.</summary>
    private static FieldElement Absolute(in FieldElement a) => a.IsOdd ? a.Negate() : a;

    private static bool TryParseNonNegative(ReadOnlySpan<byte> bytes, out FieldElement element)
    {
        element = FieldElement.Parse(bytes);
        Span<byte> canonical = stackalloc byte[Size];
        element.CopyTo(canonical);
        return canonical.SequenceEqual(bytes) && (bytes[0] & 1) == 0;
    }
}
