namespace Chain.Core.Crypto;

/// <summary>A point (x, y) of y² = x³ + 7, not the point at infinity. Coordinates have magnitude 1.</summary>
internal readonly struct SecpAffinePoint
{
    /// <summary>Length of a compressed encoding (SEC 1, 2.3.3): 2 or 3 for the parity of y, then x.</summary>
    public const int CompressedSize = 33;

    /// <summary>Length of an uncompressed encoding: 4, x, y.</summary>
    public const int UncompressedSize = 65;

    public readonly SecpFieldElement X;
    public readonly SecpFieldElement Y;

    public SecpAffinePoint(in SecpFieldElement x, in SecpFieldElement y)
    {
        X = x;
        Y = y;
    }

    /// <summary>The base point G of SEC 2, 2.4.1.</summary>
    public static SecpAffinePoint Base => new(
        new(0x2815b16f81798, 0xdb2dce28d959f, 0xe870b07029bfc, 0xbbac55a06295c, 0x79be667ef9dc),
        new(0x7d08ffb10d4b8, 0x48a68554199c4, 0xe1108a8fd17b4, 0xc4655da4fbfc0, 0x483ada7726a3));

    /// <summary>The same x with the other y, of magnitude 2.</summary>
    public static SecpAffinePoint operator -(in SecpAffinePoint a) => new(a.X, a.Y.Negate(1));

    /// <summary>Decodes 33 or 65 bytes; false for other lengths, other prefixes, x or y from p on, and points off the curve.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out SecpAffinePoint point)
    {
        point = default;
        return bytes.Length switch
        {
            CompressedSize => (bytes[0] | 1) == 3 && TryLift(bytes[1..], (bytes[0] & 1) != 0, out point),
            UncompressedSize => bytes[0] == 4 && TryDecodeBoth(bytes[1..33], bytes[33..], out point),
            _ => false,
        };
    }

    /// <summary>The point with this x (32 bytes) and this parity of y; false from p on and where there is none.</summary>
    public static bool TryLift(ReadOnlySpan<byte> xBytes, bool odd, out SecpAffinePoint point)
    {
        point = default;
        if (!SecpFieldElement.TryParse(xBytes, out SecpFieldElement x) || !SquareOfY(x).TrySquareRoot(out SecpFieldElement y))
        {
            return false;
        }

        // y is never 0: the group has an odd order.
        point = new SecpAffinePoint(x, y.IsOdd == odd ? y : y.Negate(1).Tighten());
        return true;
    }

    /// <summary>Writes the 33 bytes of the compressed encoding.</summary>
    public void Encode(Span<byte> destination)
    {
        destination[0] = (byte)(Y.IsOdd ? 3 : 2);
        X.CopyTo(destination[1..]);
    }

    private static bool TryDecodeBoth(ReadOnlySpan<byte> xBytes, ReadOnlySpan<byte> yBytes, out SecpAffinePoint point)
    {
        bool below = SecpFieldElement.TryParse(xBytes, out SecpFieldElement x) & SecpFieldElement.TryParse(yBytes, out SecpFieldElement y);
        point = new SecpAffinePoint(x, y);
        return below && y.Square().IsSame(SquareOfY(x));
    }

    /// <summary>x³ + 7, of magnitude 2.</summary>
    private static SecpFieldElement SquareOfY(in SecpFieldElement x) => (x.Square() * x) + SecpFieldElement.Seven;
}
