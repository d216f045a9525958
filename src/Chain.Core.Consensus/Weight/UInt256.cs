using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Chain.Core.Crypto;

namespace Chain.Core.Consensus;

/// <summary>An unsigned 256-bit number: chain weights and targets. Arithmetic is checked unless its name says otherwise.</summary>
public readonly struct UInt256 : IEquatable<UInt256>, IComparable<UInt256>
{
    /// <summary>Length of the fixed-width encodings in bytes.</summary>
    public const int Size = 32;

    // Least significant word first.
    private readonly ulong _w0;
    private readonly ulong _w1;
    private readonly ulong _w2;
    private readonly ulong _w3;

    /// <summary>The number of these words, the most significant first.</summary>
    public UInt256(ulong w3, ulong w2, ulong w1, ulong w0)
    {
        _w0 = w0;
        _w1 = w1;
        _w2 = w2;
        _w3 = w3;
    }

    /// <summary>0.</summary>
    public static UInt256 Zero => default;

    /// <summary>1.</summary>
    public static UInt256 One => new(0, 0, 0, 1);

    /// <summary>2²⁵⁶ − 1.</summary>
    public static UInt256 MaxValue => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>Whether this is 0.</summary>
    public bool IsZero => (_w0 | _w1 | _w2 | _w3) == 0;

    /// <summary>How many bits the number needs: 0 for 0, 256 for the greatest.</summary>
    public int BitLength => _w3 != 0 ? 256 - BitOperations.LeadingZeroCount(_w3)
        : _w2 != 0 ? 192 - BitOperations.LeadingZeroCount(_w2)
        : _w1 != 0 ? 128 - BitOperations.LeadingZeroCount(_w1)
        : 64 - BitOperations.LeadingZeroCount(_w0);

    /// <summary>The lowest 64 bits.</summary>
    public ulong LowUInt64 => _w0;

    /// <summary>Every 64-bit number is a 256-bit number.</summary>
    public static implicit operator UInt256(ulong value) => new(0, 0, 0, value);

    /// <inheritdoc cref="op_Implicit(ulong)"/>
    public static UInt256 FromUInt64(ulong value) => value;

    /// <summary>Reads 32 bytes, the most significant first.</summary>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static UInt256 FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        RequireSize(bytes.Length, nameof(bytes));
        return new UInt256(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));
    }

    /// <summary>Reads 32 bytes, the least significant first.</summary>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static UInt256 FromLittleEndian(ReadOnlySpan<byte> bytes)
    {
        RequireSize(bytes.Length, nameof(bytes));
        return new UInt256(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }

    /// <summary>A digest as a number whose first byte is the most significant.</summary>
    public static UInt256 FromBigEndian(in Hash256 hash) => FromBigEndian(Hash256.AsSpan(in hash));

    /// <summary>A digest as a number whose first byte is the least significant, as Bitcoin compares hashes with targets.</summary>
    public static UInt256 FromLittleEndian(in Hash256 hash) => FromLittleEndian(Hash256.AsSpan(in hash));

    /// <summary>Writes 32 bytes to the start of <paramref name="destination"/>, the most significant first.</summary>
    /// <exception cref="ArgumentException">There is no room for 32 bytes.</exception>
    public void WriteBigEndian(Span<byte> destination)
    {
        RequireRoom(destination.Length, nameof(destination));
        BinaryPrimitives.WriteUInt64BigEndian(destination, _w3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _w2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _w1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _w0);
    }

    /// <summary>Writes 32 bytes to the start of <paramref name="destination"/>, the least significant first.</summary>
    /// <exception cref="ArgumentException">There is no room for 32 bytes.</exception>
    public void WriteLittleEndian(Span<byte> destination)
    {
        RequireRoom(destination.Length, nameof(destination));
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _w0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _w1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], _w2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], _w3);
    }

    /// <summary>A new array of 32 bytes, the most significant first.</summary>
    public byte[] ToBigEndian()
    {
        var bytes = new byte[Size];
        WriteBigEndian(bytes);
        return bytes;
    }

    /// <summary>Reads decimal digits, or up to 64 hexadecimal digits after <c>0x</c>. False for all else, and for numbers that do not fit.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out UInt256 value) => UInt256Text.TryParse(text, out value);

    /// <summary>Reads decimal digits, or up to 64 hexadecimal digits after <c>0x</c>.</summary>
    /// <exception cref="FormatException">The text is no such number.</exception>
    public static UInt256 Parse(string text) => TryParse(text, out UInt256 value)
        ? value
        : throw new FormatException("A UInt256 is decimal digits, or hexadecimal digits after 0x, below 2^256.");

    /// <summary>The sum; the greatest number where the sum does not fit.</summary>
    public static UInt256 AddSaturating(in UInt256 left, in UInt256 right) =>
        TryAdd(in left, in right, out UInt256 sum) ? sum : MaxValue;

    /// <summary>The product; false where it does not fit.</summary>
    public static bool TryMultiply(in UInt256 left, in UInt256 right, out UInt256 product)
    {
        Span<ulong> words = stackalloc ulong[8];
        MultiplyWords([left._w0, left._w1, left._w2, left._w3], [right._w0, right._w1, right._w2, right._w3], words);
        product = new UInt256(words[3], words[2], words[1], words[0]);
        return (words[4] | words[5] | words[6] | words[7]) == 0;
    }

    /// <summary>The quotient; what is left is in <paramref name="remainder"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="divisor"/> is 0.</exception>
    public static UInt256 DivRem(in UInt256 dividend, in UInt256 divisor, out UInt256 remainder) =>
        UInt256Division.DivRem(in dividend, in divisor, out remainder);

    /// <inheritdoc/>
    public int CompareTo(UInt256 other)
    {
        int order = _w3.CompareTo(other._w3);
        order = order != 0 ? order : _w2.CompareTo(other._w2);
        order = order != 0 ? order : _w1.CompareTo(other._w1);
        return order != 0 ? order : _w0.CompareTo(other._w0);
    }

    /// <inheritdoc/>
    public bool Equals(UInt256 other) => _w0 == other._w0 && _w1 == other._w1 && _w2 == other._w2 && _w3 == other._w3;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UInt256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        ulong folded = _w0 ^ BitOperations.RotateLeft(_w1, 17) ^ BitOperations.RotateLeft(_w2, 31) ^ BitOperations.RotateLeft(_w3, 47);
        return unchecked((int)(folded ^ (folded >> 32)));
    }

    /// <summary>Decimal digits.</summary>
    public override string ToString() => UInt256Text.ToDecimal(in this);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string ToHexString() => Convert.ToHexStringLower(ToBigEndian());

    /// <summary>The sum.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static UInt256 operator +(in UInt256 left, in UInt256 right) =>
        TryAdd(in left, in right, out UInt256 sum) ? sum : throw new OverflowException();

    /// <inheritdoc cref="op_Addition"/>
    public UInt256 Add(in UInt256 other) => this + other;

    /// <summary>The difference.</summary>
    /// <exception cref="OverflowException">It is negative.</exception>
    public static UInt256 operator -(in UInt256 left, in UInt256 right)
    {
        if (left < right)
        {
            throw new OverflowException();
        }

        unchecked
        {
            UInt128 low = Low(in left) - Low(in right);
            UInt128 borrow = Low(in left) < Low(in right) ? UInt128.One : UInt128.Zero;
            return FromHalves(High(in left) - High(in right) - borrow, low);
        }
    }

    /// <inheritdoc cref="op_Subtraction"/>
    public UInt256 Subtract(in UInt256 other) => this - other;

    /// <summary>The product.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static UInt256 operator *(in UInt256 left, in UInt256 right) =>
        TryMultiply(in left, in right, out UInt256 product) ? product : throw new OverflowException();

    /// <inheritdoc cref="op_Multiply"/>
    public UInt256 Multiply(in UInt256 other) => this * other;

    /// <summary>The quotient, rounded down.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="right"/> is 0.</exception>
    public static UInt256 operator /(in UInt256 left, in UInt256 right) => DivRem(in left, in right, out _);

    /// <inheritdoc cref="op_Division"/>
    public UInt256 Divide(in UInt256 other) => this / other;

    /// <summary>The remainder.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="right"/> is 0.</exception>
    public static UInt256 operator %(in UInt256 left, in UInt256 right)
    {
        DivRem(in left, in right, out UInt256 remainder);
        return remainder;
    }

    /// <inheritdoc cref="op_Modulus"/>
    public UInt256 Remainder(in UInt256 other) => this % other;

    /// <summary>Every bit turned.</summary>
    public static UInt256 operator ~(in UInt256 value) => new(~value._w3, ~value._w2, ~value._w1, ~value._w0);

    /// <inheritdoc cref="op_OnesComplement"/>
    public UInt256 OnesComplement() => ~this;

    /// <summary>Shifted towards the most significant bit; bits that leave are lost, and by 256 or more nothing is left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static UInt256 operator <<(in UInt256 value, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count switch
        {
            0 => value,
            < 128 => FromHalves((High(in value) << count) | (Low(in value) >> (128 - count)), Low(in value) << count),
            < 256 => FromHalves(Low(in value) << (count - 128), UInt128.Zero),
            _ => Zero,
        };
    }

    /// <inheritdoc cref="op_LeftShift"/>
    public UInt256 LeftShift(int count) => this << count;

    /// <summary>Shifted towards the least significant bit; by 256 or more nothing is left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static UInt256 operator >>(in UInt256 value, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count switch
        {
            0 => value,
            < 128 => FromHalves(High(in value) >> count, (Low(in value) >> count) | (High(in value) << (128 - count))),
            < 256 => FromHalves(UInt128.Zero, High(in value) >> (count - 128)),
            _ => Zero,
        };
    }

    /// <inheritdoc cref="op_RightShift"/>
    public UInt256 RightShift(int count) => this >> count;

    /// <summary>Equal.</summary>
    public static bool operator ==(in UInt256 left, in UInt256 right) => left.Equals(right);

    /// <summary>Not equal.</summary>
    public static bool operator !=(in UInt256 left, in UInt256 right) => !left.Equals(right);

    /// <summary>Smaller.</summary>
    public static bool operator <(in UInt256 left, in UInt256 right) => left.CompareTo(right) < 0;

    /// <summary>Greater.</summary>
    public static bool operator >(in UInt256 left, in UInt256 right) => left.CompareTo(right) > 0;

    /// <summary>Smaller or equal.</summary>
    public static bool operator <=(in UInt256 left, in UInt256 right) => left.CompareTo(right) <= 0;

    /// <summary>Greater or equal.</summary>
    public static bool operator >=(in UInt256 left, in UInt256 right) => left.CompareTo(right) >= 0;

    internal static bool TryAdd(in UInt256 left, in UInt256 right, out UInt256 sum)
    {
        unchecked
        {
            UInt128 low = Low(in left) + Low(in right);
            UInt128 carry = low < Low(in left) ? UInt128.One : UInt128.Zero;
            UInt128 high = High(in left) + High(in right);
            bool overflows = high < High(in left);
            high += carry;
            sum = FromHalves(high, low);
            return !overflows && !(carry != UInt128.Zero && high == UInt128.Zero);
        }
    }

    /// <summary>The words, the least significant first.</summary>
    internal void CopyWords(Span<ulong> words)
    {
        words[0] = _w0;
        words[1] = _w1;
        words[2] = _w2;
        words[3] = _w3;
    }

    private static UInt128 Low(in UInt256 value) => new(value._w1, value._w0);

    private static UInt128 High(in UInt256 value) => new(value._w3, value._w2);

    private static UInt256 FromHalves(UInt128 high, UInt128 low) => unchecked(
        new UInt256((ulong)(high >> 64), (ulong)high, (ulong)(low >> 64), (ulong)low));

    private static void MultiplyWords(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> product)
    {
        for (int i = 0; i < left.Length; i++)
        {
            ulong carry = 0;
            for (int j = 0; j < right.Length; j++)
            {
                // At most (2^64 - 1)^2 + 2 (2^64 - 1), which is 2^128 - 1.
                UInt128 sum = unchecked(((UInt128)left[i] * right[j]) + product[i + j] + carry);
                product[i + j] = unchecked((ulong)sum);
                carry = (ulong)(sum >> 64);
            }

            product[i + right.Length] = carry;
        }
    }

    private static void RequireSize(int length, string name)
    {
        if (length != Size)
        {
            throw new ArgumentException($"A UInt256 has {Size} bytes, not {length}.", name);
        }
    }

    private static void RequireRoom(int length, string name)
    {
        if (length < Size)
        {
            throw new ArgumentException($"A UInt256 needs {Size} bytes.", name);
        }
    }
}
