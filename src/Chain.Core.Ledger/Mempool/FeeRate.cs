namespace Chain.Core.Ledger;

/// <summary>A fee for a number of bytes, compared exactly as fee per byte.</summary>
/// <param name="Fee">In the smallest unit of the coin.</param>
/// <param name="Bytes">Positive.</param>
internal readonly record struct FeeRate(ulong Fee, int Bytes) : IComparable<FeeRate>
{
    /// <summary>Below or equal to every other.</summary>
    public static FeeRate Lowest => new(0, 1);

    public static FeeRate Min(FeeRate one, FeeRate other) => one.CompareTo(other) <= 0 ? one : other;

    public int CompareTo(FeeRate other)
    {
        ulong high = Math.BigMul(Fee, (uint)other.Bytes, out ulong low);
        ulong otherHigh = Math.BigMul(other.Fee, (uint)Bytes, out ulong otherLow);
        return high != otherHigh ? high.CompareTo(otherHigh) : low.CompareTo(otherLow);
    }
}
