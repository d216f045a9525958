using System.Buffers.Binary;
using System.Text;
using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>Writes the canonical subset of MessagePack that <see cref="WireReader"/> reads, into a buffer that grows.</summary>
public sealed class WireWriter
{
    private const int MaxHeader = 9;

    private byte[] _buffer;
    private int _length;

    /// <summary>Starts empty with room for <paramref name="capacity"/> bytes.</summary>
    public WireWriter(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _buffer = new byte[capacity];
    }

    /// <summary>What has been written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <summary>A copy of what has been written.</summary>
    public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => _length = 0;

    /// <summary>Writes an unsigned integer in its shortest form.</summary>
    public WireWriter UInt64(ulong value)
    {
        Span<byte> room = Reserve(MaxHeader);
        switch (value)
        {
            case <= MessagePackCode.MaxFixInt:
                room[0] = (byte)value;
                _length += 1;
                break;
            case <= byte.MaxValue:
                room[0] = MessagePackCode.UInt8;
                room[1] = (byte)value;
                _length += 2;
                break;
            case <= ushort.MaxValue:
                room[0] = MessagePackCode.UInt16;
                BinaryPrimitives.WriteUInt16BigEndian(room[1..], (ushort)value);
                _length += 3;
                break;
            case <= uint.MaxValue:
                room[0] = MessagePackCode.UInt32;
                BinaryPrimitives.WriteUInt32BigEndian(room[1..], (uint)value);
                _length += 5;
                break;
            default:
                room[0] = MessagePackCode.UInt64;
                BinaryPrimitives.WriteUInt64BigEndian(room[1..], value);
                _length += 9;
                break;
        }

        return this;
    }

    /// <summary>Writes a boolean.</summary>
    public WireWriter Boolean(bool value)
    {
        Reserve(1)[0] = value ? MessagePackCode.True : MessagePackCode.False;
        _length += 1;
        return this;
    }

    /// <summary>Writes the header of an array; its elements follow.</summary>
    public WireWriter ArrayHeader(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count < 16)
        {
            Reserve(1)[0] = (byte)(MessagePackCode.MinFixArray + count);
            _length += 1;
            return this;
        }

        return LengthHeader((uint)count, 0, MessagePackCode.Array16, MessagePackCode.Array32);
    }

    /// <summary>Writes a byte string.</summary>
    public WireWriter Bytes(ReadOnlySpan<byte> value)
    {
        LengthHeader((uint)value.Length, MessagePackCode.Bin8, MessagePackCode.Bin16, MessagePackCode.Bin32);
        return Raw(value);
    }

    /// <summary>Writes 32 bytes as a byte string.</summary>
    public WireWriter Hash(in Hash256 value) => Bytes(Hash256.AsSpan(in value));

    /// <summary>Writes a string as UTF-8.</summary>
    /// <exception cref="EncoderFallbackException">The string holds half of a surrogate pair.</exception>
    public WireWriter String(string value)
    {
        int length = StrictUtf8.GetByteCount(value);
        if (length < 32)
        {
            Reserve(1)[0] = (byte)(MessagePackCode.MinFixStr + length);
            _length += 1;
        }
        else
        {
            LengthHeader((uint)length, MessagePackCode.Str8, MessagePackCode.Str16, MessagePackCode.Str32);
        }

        StrictUtf8.GetBytes(value, Reserve(length));
        _length += length;
        return this;
    }

    /// <summary>Copies bytes that are canonical already, such as the kept bytes of a decoded value.</summary>
    public WireWriter Raw(ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(Reserve(encoded.Length));
        _length += encoded.Length;
        return this;
    }

    internal static UTF8Encoding StrictUtf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private WireWriter LengthHeader(uint length, byte one, byte two, byte four)
    {
        Span<byte> room = Reserve(MaxHeader);
        if (one != 0 && length <= byte.MaxValue)
        {
            room[0] = one;
            room[1] = (byte)length;
            _length += 2;
        }
        else if (length <= ushort.MaxValue)
        {
            room[0] = two;
            BinaryPrimitives.WriteUInt16BigEndian(room[1..], (ushort)length);
            _length += 3;
        }
        else
        {
            room[0] = four;
            BinaryPrimitives.WriteUInt32BigEndian(room[1..], length);
            _length += 5;
        }

        return this;
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, int.Max(_buffer.Length * 2, _length + count));
        }

        return _buffer.AsSpan(_length);
    }
}
