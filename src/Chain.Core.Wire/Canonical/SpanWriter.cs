using System.Buffers.Binary;

namespace Chain.Core.Wire;

/// <summary>Writes what <see cref="WireWriter"/> writes into room that is known to suffice.</summary>
internal ref struct SpanWriter(Span<byte> room)
{
    private readonly Span<byte> _room = room;

    /// <summary>How many bytes have been written.</summary>
    public int Position { get; private set; }

    public void ArrayHeader(int count) => Put((byte)(MessagePackCode.MinFixArray + count));

    public void UInt64(ulong value)
    {
        unchecked
        {
            switch (value)
            {
                case <= MessagePackCode.MaxFixInt:
                    Put((byte)value);
                    break;
                case <= byte.MaxValue:
                    Put(MessagePackCode.UInt8);
                    Put((byte)value);
                    break;
                case <= ushort.MaxValue:
                    Put(MessagePackCode.UInt16);
                    BinaryPrimitives.WriteUInt16BigEndian(_room[Position..], (ushort)value);
                    Position += 2;
                    break;
                case <= uint.MaxValue:
                    Put(MessagePackCode.UInt32);
                    BinaryPrimitives.WriteUInt32BigEndian(_room[Position..], (uint)value);
                    Position += 4;
                    break;
                default:
                    Put(MessagePackCode.UInt64);
                    BinaryPrimitives.WriteUInt64BigEndian(_room[Position..], value);
                    Position += 8;
                    break;
            }
        }
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        unchecked
        {
            if (value.Length <= byte.MaxValue)
            {
                Put(MessagePackCode.Bin8);
                Put((byte)value.Length);
            }
            else if (value.Length <= ushort.MaxValue)
            {
                Put(MessagePackCode.Bin16);
                BinaryPrimitives.WriteUInt16BigEndian(_room[Position..], (ushort)value.Length);
                Position += 2;
            }
            else
            {
                Put(MessagePackCode.Bin32);
                BinaryPrimitives.WriteUInt32BigEndian(_room[Position..], (uint)value.Length);
                Position += 4;
            }
        }

        Raw(value);
    }

    public void Raw(ReadOnlySpan<byte> value)
    {
        value.CopyTo(_room[Position..]);
        Position = unchecked(Position + value.Length);
    }

    /// <summary>A string of at most 255 bytes in UTF-8.</summary>
    public void Name(string value)
    {
        int start = Position + 1;
        int length = TryCopyAscii(value, _room[start..]) ? value.Length : WireWriter.StrictUtf8.GetBytes(value, _room[start..]);
        if (length < 32)
        {
            _room[Position] = unchecked((byte)(MessagePackCode.MinFixStr + length));
        }
        else
        {
            _room.Slice(start, length).CopyTo(_room[(start + 1)..]); // the length takes a byte of its own
            _room[Position] = MessagePackCode.Str8;
            _room[start++] = checked((byte)length);
        }

        Position = start + length;
    }

    /// <summary>Names are short and mostly ASCII: a loop is cheaper than the encoder.</summary>
    private static bool TryCopyAscii(string value, Span<byte> room)
    {
        for (int i = 0; i < value.Length; i++)
        {
            char character = value[i];
            if (character > 0x7f)
            {
                return false;
            }

            room[i] = unchecked((byte)character);
        }

        return true;
    }

    private void Put(byte value)
    {
        _room[Position] = value;
        Position = unchecked(Position + 1);
    }
}
