namespace Chain.Core.Crypto;

/// <summary>
/// The table of a known key: 0 to 8 times −A, −2⁶⁴·A, −2¹²⁸·A and −2¹⁹²·A. With four parts of the scalars side by side a
/// verification needs a quarter of the doublings.
/// </summary>
internal static class LaneKeyTable
{
    /// <summary>Parts of 64 bits in a scalar.</summary>
    public const int Parts = 4;

    /// <summary>The largest multiple in a part: digits of radix 16.</summary>
    public const int Largest = 8;

    /// <summary>Doubles from one part to the next.</summary>
    public const int PartLength = (Largest + 1) * LaneRows.Length;

    /// <summary>The table of a key, or null where the bytes are no point.</summary>
    public static LaneRows? TryCreate(ReadOnlySpan<byte> publicKey)
    {
        if (!EdwardsPoint.TryDecode(publicKey, out EdwardsPoint point))
        {
            return null;
        }

        var table = new LaneRows(Parts * (Largest + 1));
        table.FillParts(-point, Parts, Largest);
        return table;
    }
}
