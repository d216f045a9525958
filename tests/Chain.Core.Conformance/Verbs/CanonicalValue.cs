using Chain.Core.Wire;

namespace Chain.Core.Conformance;

/// <summary>Walks any value of the canonical subset, without knowing its type.</summary>
internal static class CanonicalValue
{
    private const byte Nil = 0xc0;

    /// <summary>Whether the bytes are one value in its one spelling, and nothing more.</summary>
    public static bool Fills(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        var open = new Stack<int>(); // elements that each array around the reader still lacks
        int missing = 1;
        while (missing > 0)
        {
            missing--;
            if (!TryReadOne(ref reader, bytes, out int elements))
            {
                return false;
            }

            if (elements > 0)
            {
                open.Push(missing);
                missing = elements;
            }

            while (missing == 0 && open.TryPop(out int outer))
            {
                missing = outer;
            }
        }

        return reader.TryEnd();
    }

    /// <summary>Reads a value, of an array only the head; then <paramref name="elements"/> follow.</summary>
    private static bool TryReadOne(ref WireReader reader, byte[] bytes, out int elements)
    {
        elements = 0;
        byte head = reader.Position < bytes.Length ? bytes[reader.Position] : Nil;
        return head switch
        {
            <= 0x7f or (>= 0xcc and <= 0xcf) => reader.TryReadUInt64(out _),
            (>= 0x90 and <= 0x9f) or 0xdc or 0xdd => reader.TryReadArrayHeader(int.MaxValue, out elements),
            (>= 0xa0 and <= 0xbf) or (>= 0xd9 and <= 0xdb) => reader.TryReadString(int.MaxValue, out _),
            >= 0xc4 and <= 0xc6 => reader.TryReadBytes(int.MaxValue, out _),
            0xc2 or 0xc3 => reader.TryReadBoolean(out _),
            _ => false,
        };
    }
}
