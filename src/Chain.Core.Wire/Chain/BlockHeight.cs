namespace Chain.Core.Wire;

/// <summary>How many blocks stand between a block and genesis, which has height 0.</summary>
/// <param name="Value">The count.</param>
public readonly record struct BlockHeight(ulong Value) : IComparable<BlockHeight>
{
    /// <summary>The height of the genesis block.</summary>
    public static BlockHeight Genesis => default;

    /// <summary>The height of a child.</summary>
    /// <exception cref="OverflowException">The height is the greatest there is.</exception>
    public BlockHeight Next() => new(checked(Value + 1));

    /// <inheritdoc/>
    public int CompareTo(BlockHeight other) => Value.CompareTo(other.Value);

    /// <summary>The number alone; <c>#</c> in front of it is for who writes a text.</summary>
    public override string ToString() => $"{Value}";

    /// <summary>Lower.</summary>
    public static bool operator <(BlockHeight left, BlockHeight right) => left.Value < right.Value;

    /// <summary>Higher.</summary>
    public static bool operator >(BlockHeight left, BlockHeight right) => left.Value > right.Value;

    /// <summary>Lower or the same.</summary>
    public static bool operator <=(BlockHeight left, BlockHeight right) => left.Value <= right.Value;

    /// <summary>Higher or the same.</summary>
    public static bool operator >=(BlockHeight left, BlockHeight right) => left.Value >= right.Value;
}
