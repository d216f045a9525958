using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>
/// Puts the frames of one lane together. The length is checked against the cap of the message's kind before any
/// byte of the body is kept, and memory grows with the bytes that came, not with the length that they claim.
/// Optional kinds that this version does not know are skipped.
/// </summary>
internal sealed class FrameReader
{
    private const int ChunkSize = 16 * 1024;

    /// <summary>What may be skipped beyond as many bytes as were understood.</summary>
    private const long SkipAllowance = 1024 * 1024;

    private readonly byte[] _header = new byte[Frame.HeaderSize];
    private readonly List<byte[]> _chunks = [];
    private int _headerBytes;
    private int _length;
    private int _received;
    private bool _skips;
    private long _skippable = SkipAllowance;

    /// <summary>Whether part of a frame has come and the rest is outstanding.</summary>
    public bool IsPartial => _headerBytes > 0;

    /// <summary>Takes the next message from the front of <paramref name="data"/>, and moves that on.</summary>
    /// <param name="data">Plaintext of this lane; empty when all is consumed.</param>
    /// <param name="body">The bytes of a whole message, in an array of their own; null where more must come.</param>
    /// <param name="refusal">Why the peer must be cut, else null.</param>
    /// <returns>Whether there is a message.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> data, [NotNullWhen(true)] out byte[]? body, out string? refusal)
    {
        body = null;
        refusal = null;
        do
        {
            if (_headerBytes < Frame.HeaderSize && !TryReadHeader(ref data, out refusal))
            {
                return false;
            }
        }
        while (_skips && TrySkip(ref data));
        if (_skips)
        {
            return false;
        }

        if (_received == 1 && data.Length >= _length - 1)
        {
            // The common case: the rest of the frame is here at once.
            body = new byte[_length];
            body[0] = _header[^1];
            data[..(_length - 1)].CopyTo(body.AsSpan(1));
            data = data[(_length - 1)..];
            Reset();
            return true;
        }

        Keep(ref data);
        if (_received < _length)
        {
            return false;
        }

        body = Join();
        Reset();
        return true;
    }

    private bool TryReadHeader(ref ReadOnlySpan<byte> data, out string? refusal)
    {
        int part = Math.Min(data.Length, Frame.HeaderSize - _headerBytes);
        data[..part].CopyTo(_header.AsSpan(_headerBytes));
        _headerBytes += part;
        data = data[part..];
        refusal = null;
        if (_headerBytes < Frame.HeaderSize)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(_header);
        var kind = (MessageKind)_header[^1];
        int cap = PeerMessageCodec.MaxBytes(kind);
        _skips = cap == 0 && _header[^1] >= Frame.FirstOptionalKind;
        cap = _skips ? Frame.OptionalBytes : cap;
        if (cap == 0)
        {
            refusal = $"message of unknown kind {(byte)kind}";
            return false;
        }

        if (length == 0 || length > (uint)cap)
        {
            refusal = $"{kind} of {length} bytes, where 1 to {cap} are allowed";
            return false;
        }

        _length = (int)length;
        _received = 1; // the kind byte
        _skippable = _skips ? _skippable - length : Math.Min(_skippable + length, SkipAllowance);
        refusal = _skippable < 0 ? "more optional messages than others" : null;
        return refusal is null;
    }

    /// <summary>Moves on over the rest of an optional frame; false where more must come.</summary>
    private bool TrySkip(ref ReadOnlySpan<byte> data)
    {
        int part = Math.Min(data.Length, _length - _received);
        data = data[part..];
        _received += part;
        if (_received < _length)
        {
            return false;
        }

        Reset();
        return true;
    }

    private void Keep(ref ReadOnlySpan<byte> data)
    {
        // Byte 0 is in the header; byte i of the rest stands in chunk (i − 1) / ChunkSize.
        while (_received < _length && !data.IsEmpty)
        {
            int position = (_received - 1) % ChunkSize;
            if (position == 0)
            {
                _chunks.Add(new byte[Math.Min(ChunkSize, _length - _received)]);
            }

            Span<byte> room = _chunks[^1].AsSpan(position);
            int part = Math.Min(room.Length, data.Length);
            data[..part].CopyTo(room);
            data = data[part..];
            _received += part;
        }
    }

    private byte[] Join()
    {
        var body = new byte[_length];
        body[0] = _header[^1];
        int position = 1;
        foreach (byte[] chunk in _chunks)
        {
            chunk.CopyTo(body, position);
            position += chunk.Length;
        }

        return body;
    }

    private void Reset()
    {
        _headerBytes = 0;
        _received = 0;
        _length = 0;
        _skips = false;
        _chunks.Clear();
    }
}
