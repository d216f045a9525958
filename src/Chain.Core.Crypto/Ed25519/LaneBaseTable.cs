namespace Chain.Core.Crypto;

/// <summary>
/// Multiples of the base point as rows for <see cref="ILaneField.LoadAffine"/>: 0 to 128 times B, 2⁶⁴·B, 2¹²⁸·B and 2¹⁹²·B.
/// The first part serves every verification, the others those with a known key. Computed once, at first use, then never
/// written.
/// </summary>
internal static unsafe class LaneBaseTable
{
    /// <summary>The largest multiple in a part: digits are signed bytes.</summary>
    public const int Largest = 128;

    /// <summary>Doubles from one part to the next.</summary>
    public const int PartLength = (Largest + 1) * LaneRows.Length;

    private static readonly LaneRows Table = Fill();

    /// <summary>Row 0 of the first part; row i is i·B.</summary>
    public static double* Rows => Table.Start;

    private static LaneRows Fill()
    {
        var table = new LaneRows(LaneKeyTable.Parts * (Largest + 1));
        table.FillParts(EdwardsPoint.Base, LaneKeyTable.Parts, Largest);
        return table;
    }
}
