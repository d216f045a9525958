using System.Buffers.Binary;
using System.Diagnostics;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Node;

/// <summary>
/// Which transactions are traced, and in which trace. Both follow from the id alone, so that nodes join one trace without a
/// word on the wire, and a node that traces fewer traces some of those that others trace.
/// </summary>
internal readonly struct TraceSample(int perMillion)
{
    /// <summary>Of so many transactions, all are traced.</summary>
    public const int Whole = 1_000_000;

    private const int TraceIdBytes = 16;

    private readonly ulong _perMillion = (ulong)perMillion;

    public bool Holds(TransactionId id)
    {
        Hash256 hash = id.Value;
        return Math.BigMul(BinaryPrimitives.ReadUInt64BigEndian(Hash256.AsSpan(in hash)), (ulong)Whole, out _) < _perMillion;
    }

    /// <summary>The trace of a transaction, with no span to be below.</summary>
    public static ActivityContext ContextOf(TransactionId id)
    {
        Hash256 hash = id.Value;
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(Hash256.AsSpan(in hash)[..TraceIdBytes]), default, ActivityTraceFlags.Recorded, isRemote: true);
    }
}
