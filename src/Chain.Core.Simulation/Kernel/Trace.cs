using System.Buffers.Binary;
using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>
/// A chain of SHA-256 over what happened to a node: equal digests mean equal histories. A link of the chain covers many
/// records, because a hash of its own for each would be a tenth of what a simulation takes.
/// </summary>
internal sealed class Trace
{
    /// <summary>A link is made when the next record might not fit.</summary>
    private const int LinkBytes = 1024;

    private const int HeadSize = sizeof(long) + 1 + sizeof(ulong) + sizeof(int);
    private const int MostRecordBytes = HeadSize + Hash256.Size;

    private byte[] _open = [];
    private int _length = Hash256.Size;

    /// <summary>The last link and the records since.</summary>
    public Hash256 Digest => Records == 0 ? default : Sha256.Hash(_open.AsSpan(0, _length));

    public long Records { get; private set; }

    /// <summary>Adds a record: time, kind, subject, the payload's length, and the payload or, where that is longer than its hash, its hash.</summary>
    public void Record(Instant time, byte kind, ulong subject, ReadOnlySpan<byte> payload = default)
    {
        MakeRoom();
        Span<byte> record = _open.AsSpan(_length);
        BinaryPrimitives.WriteInt64LittleEndian(record, time.Microseconds);
        record[sizeof(long)] = kind;
        BinaryPrimitives.WriteUInt64LittleEndian(record[(sizeof(long) + 1)..], subject);
        BinaryPrimitives.WriteInt32LittleEndian(record[(HeadSize - sizeof(int))..], payload.Length);
        _length += HeadSize;
        if (payload.Length > Hash256.Size)
        {
            Sha256.Hash(payload).CopyTo(record[HeadSize..]);
            _length += Hash256.Size;
        }
        else
        {
            payload.CopyTo(record[HeadSize..]);
            _length += payload.Length;
        }

        Records++;
    }

    /// <summary>Has the place fetched where the next record goes.</summary>
    public void FetchEnd() => Lookahead.Fetch(_open, _length);

    private void MakeRoom()
    {
        if (_length + MostRecordBytes <= _open.Length)
        {
            return;
        }

        if (_open.Length < LinkBytes)
        {
            Array.Resize(ref _open, int.Max(LinkBytes / 8, _open.Length * 2)); // most nodes of a short run never need a whole link
            MakeRoom();
            return;
        }

        Digest.CopyTo(_open);
        _length = Hash256.Size;
    }
}
