using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>Identifies a block: the tagged SHA-256 of its canonical header, seal included.</summary>
/// <param name="Value">The digest.</param>
public readonly record struct BlockId(Hash256 Value) : IComparable<BlockId>
{
    /// <summary>No block: the parent of a genesis block.</summary>
    public static BlockId None => default;

    /// <inheritdoc/>
    public int CompareTo(BlockId other) => Value.CompareTo(other.Value);

    /// <summary>The first digits, for people to read.</summary>
    public override string ToString() => Value.ToShortString();

    /// <summary>Smaller as an unsigned big-endian number.</summary>
    public static bool operator <(BlockId left, BlockId right) => left.CompareTo(right) < 0;

    /// <summary>Greater as an unsigned big-endian number.</summary>
    public static bool operator >(BlockId left, BlockId right) => left.CompareTo(right) > 0;

    /// <summary>Smaller or equal as an unsigned big-endian number.</summary>
    public static bool operator <=(BlockId left, BlockId right) => left.CompareTo(right) <= 0;

    /// <summary>Greater or equal as an unsigned big-endian number.</summary>
    public static bool operator >=(BlockId left, BlockId right) => left.CompareTo(right) >= 0;
}
