using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>Identifies a transaction: the tagged SHA-256 of its canonical bytes, signature included.</summary>
/// <param name="Value">The digest.</param>
public readonly record struct TransactionId(Hash256 Value) : IComparable<TransactionId>
{
    /// <summary>No transaction.</summary>
    public static TransactionId None => default;

    /// <inheritdoc/>
    public int CompareTo(TransactionId other) => Value.CompareTo(other.Value);

    /// <summary>The first digits, for people to read.</summary>
    public override string ToString() => Value.ToShortString();

    /// <summary>Smaller as an unsigned big-endian number.</summary>
    public static bool operator <(TransactionId left, TransactionId right) => left.CompareTo(right) < 0;

    /// <summary>Greater as an unsigned big-endian number.</summary>
    public static bool operator >(TransactionId left, TransactionId right) => left.CompareTo(right) > 0;

    /// <summary>Smaller or equal as an unsigned big-endian number.</summary>
    public static bool operator <=(TransactionId left, TransactionId right) => left.CompareTo(right) <= 0;

    /// <summary>Greater or equal as an unsigned big-endian number.</summary>
    public static bool operator >=(TransactionId left, TransactionId right) => left.CompareTo(right) >= 0;
}
