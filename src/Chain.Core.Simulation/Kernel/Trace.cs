using System.Buffers.Binary;
using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>A chain of SHA-256 over what happened to a node: equal digests mean equal histories.</summary>
internal sealed class Trace
{
    private const int HeadSize = Hash256.Size + sizeof(long) + 1 + sizeof(ulong);

    public Hash256 Digest { get; private set; }

    public long Records { get; private set; }

    public Hash256 Record(Instant time, byte kind, ulong subject, ReadOnlySpan<byte> payload = default)
    {
        Hash256 payloadHash = payload.IsEmpty ? default : Sha256.Hash(payload);
        Span<byte> record = stackalloc byte[HeadSize + Hash256.Size];
        Digest.CopyTo(record);
        BinaryPrimitives.WriteInt64LittleEndian(record[Hash256.Size..], time.Microseconds);
        record[Hash256.Size + sizeof(long)] = kind;
        BinaryPrimitives.WriteUInt64LittleEndian(record[(Hash256.Size + sizeof(long) + 1)..], subject);
        payloadHash.CopyTo(record[HeadSize..]);
        Digest = Sha256.Hash(record);
        Records++;
        return payloadHash;
    }
}
