using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>
/// Reads the canonical subset of MessagePack: arrays by position, unsigned integers, byte strings, UTF-8
/// strings and booleans, each in its shortest spelling. Every other spelling is refused, so that a value
/// has one encoding. A failed read leaves <see cref="Error"/> set and every later read fails too.
/// </summary>
/// <remarks>A length is compared with the caller's limit and with the bytes at hand before it is believed.</remarks>
public ref struct WireReader
{
    private readonly ReadOnlyMemory<byte> _source;
    private ReadOnlySpan<byte> _bytes; // empty after a failure, so that nothing more is read
    private int _position;

    // The transactions of a block name few modules and methods.
    private string? _lastName;
    private string? _nameBefore;

    /// <summary>Reads from the start of <paramref name="source"/>, which must not change meanwhile.</summary>
    public WireReader(ReadOnlyMemory<byte> source)
    {
        _source = source;
        _bytes = source.Span;
    }

    /// <summary>The first thing that was wrong, or <see cref="WireError.None"/>.</summary>
    public WireError Error { get; private set; }

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _position;

    /// <summary>The bytes from <paramref name="start"/> up to <see cref="Position"/>, not copied.</summary>
    public readonly ReadOnlyMemory<byte> Since(int start) => _source[start.._position];

    /// <summary>Whether a byte string comes next. Reads nothing.</summary>
    public readonly bool IsBytesNext =>
        _position < _bytes.Length && _bytes[_position] is MessagePackCode.Bin8 or MessagePackCode.Bin16 or MessagePackCode.Bin32;

    /// <summary>Refuses the value for a reason of the caller's own. Always false.</summary>
    public bool Fail(WireError error)
    {
        Error = Error == WireError.None ? error : Error;
        _bytes = default;
        return false;
    }

    /// <summary>Reads an unsigned integer.</summary>
    public bool TryReadUInt64(out ulong value)
    {
        int position = _position;
        if ((uint)position < (uint)_bytes.Length && _bytes[position] <= MessagePackCode.MaxFixInt)
        {
            value = _bytes[position];
            _position = position + 1;
            return true;
        }

        return TryReadWide(out value);
    }

    private bool TryReadWide(out ulong value)
    {
        value = 0;
        if (!TryTake(1, out ReadOnlySpan<byte> head))
        {
            return false;
        }

        byte code = head[0];
        int width = code switch
        {
            MessagePackCode.UInt8 => 1,
            MessagePackCode.UInt16 => 2,
            MessagePackCode.UInt32 => 4,
            MessagePackCode.UInt64 => 8,
            _ => 0,
        };
        if (width == 0)
        {
            return Fail(WireError.WrongType);
        }

        ulong smallest = width switch { 1 => 0x80UL, 2 => 0x100UL, 4 => 0x1_0000UL, _ => 0x1_0000_0000UL };
        return TryTakeNumber(width, out value) && IsShortest(value, smallest);
    }

    /// <summary>Reads an unsigned integer of at most <paramref name="max"/>.</summary>
    public bool TryReadUInt32(out uint value, uint max = uint.MaxValue)
    {
        bool read = TryReadUInt64(out ulong wide) && (wide <= max || Fail(WireError.OutOfRange));
        value = read ? (uint)wide : 0;
        return read;
    }

    /// <summary>Reads an unsigned integer of at most <paramref name="max"/>.</summary>
    public bool TryReadByte(out byte value, byte max = byte.MaxValue)
    {
        bool read = TryReadUInt32(out uint wide, max);
        value = (byte)wide;
        return read;
    }

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public bool TryReadBoolean(out bool value)
    {
        value = false;
        if (!TryTake(1, out ReadOnlySpan<byte> head))
        {
            return false;
        }

        value = head[0] == MessagePackCode.True;
        return value || head[0] == MessagePackCode.False || Fail(WireError.WrongType);
    }

    /// <summary>Reads the header of an array of exactly <paramref name="count"/> elements.</summary>
    public bool TryReadArrayHeader(int count) =>
        TryReadArrayHeader(count, out int actual) && (actual == count || Fail(WireError.OutOfRange));

    /// <summary>Reads the header of an array of at most <paramref name="max"/> elements.</summary>
    /// <remarks>An element takes at least one byte, so a count above the bytes left is refused at once.</remarks>
    public bool TryReadArrayHeader(int max, out int count) => TryReadArrayHeader(max, 1, out count);

    /// <summary>Reads the header of an array of at most <paramref name="max"/> elements of at least <paramref name="minElementBytes"/> each.</summary>
    /// <remarks>A count whose elements cannot fit into the bytes left is refused at once.</remarks>
    public bool TryReadArrayHeader(int max, int minElementBytes, out int count)
    {
        count = 0;
        if (!TryTake(1, out ReadOnlySpan<byte> head))
        {
            return false;
        }

        ulong length;
        switch (head[0])
        {
            case >= MessagePackCode.MinFixArray and <= MessagePackCode.MaxFixArray:
                length = (ulong)(head[0] - MessagePackCode.MinFixArray);
                break;
            case MessagePackCode.Array16:
                if (!TryTakeNumber(2, out length) || !IsShortest(length, 16))
                {
                    return false;
                }

                break;
            case MessagePackCode.Array32:
                if (!TryTakeNumber(4, out length) || !IsShortest(length, 0x1_0000))
                {
                    return false;
                }

                break;
            default:
                return Fail(WireError.WrongType);
        }

        if (length > (ulong)max)
        {
            return Fail(WireError.TooLong);
        }

        if (length > (ulong)((_bytes.Length - _position) / minElementBytes))
        {
            return Fail(WireError.Truncated);
        }

        count = (int)length;
        return true;
    }

    /// <summary>Reads a byte string of at most <paramref name="max"/> bytes, not copied.</summary>
    public bool TryReadBytes(int max, out ReadOnlyMemory<byte> value)
    {
        int start = _position + 2;
        if (start <= _bytes.Length && _bytes[start - 2] == MessagePackCode.Bin8
            && _bytes[start - 1] is var short8 && short8 <= max && short8 <= _bytes.Length - start)
        {
            value = _source.Slice(start, short8);
            _position = start + short8;
            return true;
        }

        value = default;
        if (!TryReadLength(BytesHeads, max, out int length) || !TryTake(length, out _))
        {
            return false;
        }

        value = _source.Slice(_position - length, length);
        return true;
    }

    /// <summary>Reads a byte string of exactly <paramref name="length"/> bytes, not copied.</summary>
    public bool TryReadExactBytes(int length, out ReadOnlyMemory<byte> value) =>
        TryReadBytes(length, out value) && (value.Length == length || Fail(WireError.OutOfRange));

    /// <summary>Reads a byte string of 32 bytes.</summary>
    public bool TryReadHash(out Hash256 value)
    {
        bool read = TryReadExactBytes(Hash256.Size, out ReadOnlyMemory<byte> bytes);
        value = read ? new Hash256(bytes.Span) : default;
        return read;
    }

    /// <summary>Reads a well-formed UTF-8 string of at most <paramref name="maxBytes"/> bytes.</summary>
    public bool TryReadString(int maxBytes, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (!TryReadLength(StringHeads, maxBytes, out int length) || !TryTake(length, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        if (!Utf8.IsValid(text))
        {
            return Fail(WireError.NotCanonical);
        }

        value = Encoding.UTF8.GetString(text);
        return true;
    }

    /// <summary>Reads a string that is likely to be one of the two read last, and is then not made again.</summary>
    internal bool TryReadName(int maxBytes, [NotNullWhen(true)] out string? value)
    {
        int start = _position;
        value = null;
        if (!TryReadLength(StringHeads, maxBytes, out int length) || !TryTake(length, out ReadOnlySpan<byte> text))
        {
            return false;
        }

        value = IsAscii(text, _lastName) ? _lastName : IsAscii(text, _nameBefore) ? _nameBefore : null;
        if (value is null)
        {
            if (Ascii.IsValid(text))
            {
                value = Encoding.Latin1.GetString(text); // ASCII needs no second look
            }
            else
            {
                _position = start;
                if (!TryReadString(maxBytes, out value))
                {
                    return false;
                }
            }

            _nameBefore = _lastName;
            _lastName = value;
        }

        return true;
    }

    private static bool IsAscii(ReadOnlySpan<byte> text, string? name)
    {
        if (name is null || name.Length != text.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != name[i] || text[i] > 0x7f)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether everything was read and nothing was wrong; sets <see cref="Error"/> where bytes are left.</summary>
    public bool TryEnd() =>
        Error == WireError.None && (_position == _bytes.Length || Fail(WireError.TrailingBytes));

    private static LengthHeads BytesHeads => new(MessagePackCode.Bin8, MessagePackCode.Bin16, MessagePackCode.Bin32, FixLimit: 0);

    private static LengthHeads StringHeads => new(MessagePackCode.Str8, MessagePackCode.Str16, MessagePackCode.Str32, FixLimit: 32);

    private bool TryReadLength(LengthHeads heads, int max, out int length)
    {
        length = 0;
        if (!TryTake(1, out ReadOnlySpan<byte> head))
        {
            return false;
        }

        byte code = head[0];
        ulong value;
        if (heads.FixLimit != 0 && code is >= MessagePackCode.MinFixStr and <= MessagePackCode.MaxFixStr)
        {
            value = (ulong)(code - MessagePackCode.MinFixStr);
        }
        else
        {
            int width = code == heads.One ? 1 : code == heads.Two ? 2 : code == heads.Four ? 4 : 0;
            if (width == 0)
            {
                return Fail(WireError.WrongType);
            }

            ulong smallest = width switch { 1 => (ulong)heads.FixLimit, 2 => 0x100UL, _ => 0x1_0000UL };
            if (!TryTakeNumber(width, out value) || !IsShortest(value, smallest))
            {
                return false;
            }
        }

        if (value > (ulong)max)
        {
            return Fail(WireError.TooLong);
        }

        length = (int)value;
        return true;
    }

    private bool IsShortest(ulong value, ulong smallest) => value >= smallest || Fail(WireError.NotCanonical);

    private bool TryTakeNumber(int width, out ulong value)
    {
        value = 0;
        if (!TryTake(width, out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        value = width switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        };
        return true;
    }

    private bool TryTake(int length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (length > _bytes.Length - _position)
        {
            return Fail(WireError.Truncated);
        }

        taken = _bytes.Slice(_position, length);
        _position += length;
        return true;
    }

    private readonly record struct LengthHeads(byte One, byte Two, byte Four, int FixLimit);
}
