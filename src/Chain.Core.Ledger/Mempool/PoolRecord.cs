using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// How a waiting transaction stands in the store: under its number, the wall-clock time at which it came and its bytes.
/// Numbers ascend with the order of admission; their upper part counts the lives of the node.
/// </summary>
internal static class PoolRecord
{
    private const int LifeShift = 40;

    public static byte[] KeyOf(ulong number)
    {
        var key = new byte[LedgerKeys.PooledPrefix.Length + sizeof(ulong)];
        LedgerKeys.PooledPrefix.CopyTo(key);
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(LedgerKeys.PooledPrefix.Length), number);
        return key;
    }

    /// <summary>The number in a key; false for a key of another shape, which is damaged.</summary>
    public static bool TryReadKey(ReadOnlySpan<byte> key, out ulong number)
    {
        bool fits = key.Length == LedgerKeys.PooledPrefix.Length + sizeof(ulong);
        number = fits ? BinaryPrimitives.ReadUInt64BigEndian(key[LedgerKeys.PooledPrefix.Length..]) : 0;
        return fits;
    }

    public static byte[] ValueOf(PooledTransaction pooled)
    {
        var value = new byte[sizeof(ulong) + pooled.Transaction.Encoded.Length];
        BinaryPrimitives.WriteUInt64BigEndian(value, pooled.Clock.Milliseconds);
        pooled.Transaction.Encoded.Span.CopyTo(value.AsSpan(sizeof(ulong)));
        return value;
    }

    public static bool TryReadValue(ReadOnlyMemory<byte> value, out UnixTime clock, [NotNullWhen(true)] out Transaction? transaction)
    {
        transaction = null;
        clock = default;
        if (value.Length <= sizeof(ulong))
        {
            return false;
        }

        clock = new UnixTime(BinaryPrimitives.ReadUInt64BigEndian(value.Span));
        return WireValue.TryDecode(value[sizeof(ulong)..], out transaction, out _);
    }

    /// <summary>The first number of the life after the one that gave <paramref name="number"/>.</summary>
    public static ulong FirstOfLifeAfter(ulong number) => ((number >> LifeShift) + 1) << LifeShift;
}
