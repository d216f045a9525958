namespace Chain.Core.Crypto;

/// <summary>Encodings of edwards25519 as RFC 8032 has them: one for each point.</summary>
internal static class CanonicalPoint
{
    /// <summary>Decodes 32 bytes (RFC 8032, 5.1.3): refuses y ≥ p, and x = 0 with a sign.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        point = EdwardsPoint.Identity;
        return IsBelowPrime(bytes)
            && EdwardsPoint.TryDecode(bytes, out point)
            && ((bytes[31] & 0x80) == 0 || !point.X.IsZero);
    }

    /// <summary>Writes the 32 bytes of each point, with one inversion for all (Montgomery's trick).</summary>
    public static void Encode(ReadOnlySpan<EdwardsPoint> points, Span<byte> destination)
    {
        Span<FieldElement> products = stackalloc FieldElement[points.Length];
        FieldElement product = FieldElement.One;
        for (int i = 0; i < points.Length; i++)
        {
            products[i] = product;
            product *= points[i].Z;
        }

        FieldElement inverse = product.Invert();
        for (int i = points.Length - 1; i >= 0; i--)
        {
            FieldElement inverseOfZ = inverse * products[i];
            inverse *= points[i].Z;
            Span<byte> encoded = destination.Slice(i * FieldElement.Size, FieldElement.Size);
            (points[i].Y * inverseOfZ).CopyTo(encoded);
            encoded[31] |= (byte)((points[i].X * inverseOfZ).IsOdd ? 0x80 : 0);
        }
    }

    private static bool IsBelowPrime(ReadOnlySpan<byte> bytes)
    {
        Span<byte> canonical = stackalloc byte[FieldElement.Size];
        FieldElement.Parse(bytes).CopyTo(canonical);
        canonical[31] |= (byte)(bytes[31] & 0x80);
        return canonical.SequenceEqual(bytes);
    }
}
