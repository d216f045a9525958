using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chain.Core.Crypto;

/// <summary>A 32-byte digest or identifier, compared as an unsigned big-endian number.</summary>
/// <remarks>The default value is 32 zero bytes.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Hash256 : IEquatable<Hash256>, IComparable<Hash256>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Takes exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 32 bytes long.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A Hash256 has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        this = MemoryMarshal.Read<Hash256>(bytes);
    }

    /// <summary>32 zero bytes: the parent of a genesis block, the root of an empty tree.</summary>
    public static Hash256 Zero => default;

    /// <summary>Whether every byte is zero.</summary>
    public bool IsZero => (_a | _b | _c | _d) == 0;

    /// <summary>The bytes in place; valid as long as <paramref name="hash"/> is.</summary>
    public static ReadOnlySpan<byte> AsSpan(in Hash256 hash) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<Hash256>(in hash));

    /// <summary>Writes the 32 bytes to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (!MemoryMarshal.TryWrite(destination, in this))
        {
            throw new ArgumentException($"A Hash256 needs {Size} bytes.", nameof(destination));
        }
    }

    /// <summary>A new array with the 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads 64 hexadecimal digits, with or without the prefix <c>0x</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Hash256 hash)
    {
        hash = default;
        ReadOnlySpan<char> digits = text;
        if (digits.StartsWith("0x"))
        {
            digits = digits[2..];
        }

        Span<byte> bytes = stackalloc byte[Size];
        if (digits.Length != 2 * Size
            || Convert.FromHexString(digits, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        hash = new Hash256(bytes);
        return true;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">The text is not 64 hexadecimal digits.</exception>
    public static Hash256 Parse(string text) =>
        TryParse(text, out Hash256 hash) ? hash : throw new FormatException("A Hash256 is 64 hexadecimal digits.");

    /// <inheritdoc/>
    public bool Equals(Hash256 other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    /// <summary>The first bytes; use a keyed hash where a peer chooses the values of a table.</summary>
    public override int GetHashCode() => unchecked((int)_a);

    /// <inheritdoc/>
    public int CompareTo(Hash256 other)
    {
        int order = BigEndian(_a).CompareTo(BigEndian(other._a));
        order = order != 0 ? order : BigEndian(_b).CompareTo(BigEndian(other._b));
        order = order != 0 ? order : BigEndian(_c).CompareTo(BigEndian(other._c));
        return order != 0 ? order : BigEndian(_d).CompareTo(BigEndian(other._d));
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(AsSpan(in this));

    /// <summary>The first eight digits after <c>0x</c>, for people to read.</summary>
    public string ToShortString() => $"0x{ToString()[..8]}…";

    /// <summary>Equal in all 32 bytes.</summary>
    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    /// <summary>Different in at least one byte.</summary>
    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);

    /// <summary>Smaller as an unsigned big-endian number.</summary>
    public static bool operator <(Hash256 left, Hash256 right) => left.CompareTo(right) < 0;

    /// <summary>Greater as an unsigned big-endian number.</summary>
    public static bool operator >(Hash256 left, Hash256 right) => left.CompareTo(right) > 0;

    /// <summary>Smaller or equal as an unsigned big-endian number.</summary>
    public static bool operator <=(Hash256 left, Hash256 right) => left.CompareTo(right) <= 0;

    /// <summary>Greater or equal as an unsigned big-endian number.</summary>
    public static bool operator >=(Hash256 left, Hash256 right) => left.CompareTo(right) >= 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong BigEndian(ulong word) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;
}
