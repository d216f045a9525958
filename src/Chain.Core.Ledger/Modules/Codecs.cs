using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>The codecs that keys, values and arguments are made of. Immutable, for any thread.</summary>
public static class Codecs
{
    /// <summary>An unsigned integer.</summary>
    public static Codec<ulong> U64 { get; } = new(
        static (writer, value) => writer.UInt64(value),
        static (ref WireReader reader, out ulong value) => reader.TryReadUInt64(out value),
        new ValueShape.Integer(64));

    /// <summary>An unsigned integer of 32 bits.</summary>
    public static Codec<uint> U32 { get; } = new(
        static (writer, value) => writer.UInt64(value),
        static (ref WireReader reader, out uint value) => reader.TryReadUInt32(out value),
        new ValueShape.Integer(32));

    /// <summary>True or false.</summary>
    public static Codec<bool> Boolean { get; } = new(
        static (writer, value) => writer.Boolean(value),
        static (ref WireReader reader, out bool value) => reader.TryReadBoolean(out value),
        new ValueShape.Truth());

    /// <summary>32 bytes.</summary>
    public static Codec<Hash256> Hash { get; } = new(
        static (writer, value) => writer.Hash(in value),
        static (ref WireReader reader, out Hash256 value) => reader.TryReadHash(out value),
        new ValueShape.Hash());

    /// <summary>The address of an account.</summary>
    public static Codec<AccountAddress> Address { get; } = Hash.As(
        static hash => new AccountAddress(hash), static address => address.Value, new ValueShape.Address());

    /// <summary>A block height.</summary>
    public static Codec<BlockHeight> Height { get; } = U64.As(
        static value => new BlockHeight(value), static height => height.Value, new ValueShape.Height());

    /// <summary>A time in milliseconds.</summary>
    public static Codec<UnixTime> Time { get; } = U64.As(
        static value => new UnixTime(value), static time => time.Milliseconds, new ValueShape.Time());

    /// <summary>A byte string of at most <paramref name="maxBytes"/>.</summary>
    /// <remarks>Writing a longer one throws <see cref="ArgumentException"/>.</remarks>
    public static Codec<ReadOnlyMemory<byte>> Bytes(int maxBytes) => new(
        (writer, value) => writer.Bytes(Checked(value.Length, maxBytes) ? value.Span : default),
        (ref WireReader reader, out ReadOnlyMemory<byte> value) => reader.TryReadBytes(maxBytes, out value),
        new ValueShape.Bytes(maxBytes));

    /// <summary>A string of at most <paramref name="maxBytes"/> in UTF-8.</summary>
    /// <remarks>Writing a longer one throws <see cref="ArgumentException"/>.</remarks>
    public static Codec<string> Text(int maxBytes) => new(
        (writer, value) => writer.String(Checked(System.Text.Encoding.UTF8.GetByteCount(value), maxBytes) ? value : ""),
        (ref WireReader reader, [MaybeNullWhen(false)] out string value) => reader.TryReadString(maxBytes, out value),
        new ValueShape.Text(maxBytes));

    /// <summary>Two values, as an array.</summary>
    public static Codec<(T1 First, T2 Second)> Pair<T1, T2>(Codec<T1> first, Codec<T2> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new(
            (writer, value) =>
            {
                writer.ArrayHeader(2);
                first.Write(writer, value.First);
                second.Write(writer, value.Second);
            },
            (ref WireReader reader, out (T1 First, T2 Second) value) =>
            {
                value = default;
                if (!reader.TryReadArrayHeader(2)
                    || !first.TryRead(ref reader, out T1? one)
                    || !second.TryRead(ref reader, out T2? two))
                {
                    return false;
                }

                value = (one, two);
                return true;
            },
            TupleOf(first.Shape, second.Shape));
    }

    /// <summary>Three values, as an array.</summary>
    public static Codec<(T1 First, T2 Second, T3 Third)> Triple<T1, T2, T3>(Codec<T1> first, Codec<T2> second, Codec<T3> third)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(third);
        return new(
            (writer, value) =>
            {
                writer.ArrayHeader(3);
                first.Write(writer, value.First);
                second.Write(writer, value.Second);
                third.Write(writer, value.Third);
            },
            (ref WireReader reader, out (T1 First, T2 Second, T3 Third) value) =>
            {
                value = default;
                if (!reader.TryReadArrayHeader(3)
                    || !first.TryRead(ref reader, out T1? one)
                    || !second.TryRead(ref reader, out T2? two)
                    || !third.TryRead(ref reader, out T3? three))
                {
                    return false;
                }

                value = (one, two, three);
                return true;
            },
            TupleOf(first.Shape, second.Shape, third.Shape));
    }

    /// <summary>At most <paramref name="maxCount"/> values, as an array.</summary>
    public static Codec<IReadOnlyList<T>> List<T>(Codec<T> element, int maxCount)
    {
        ArgumentNullException.ThrowIfNull(element);
        return new(
            (writer, values) =>
            {
                writer.ArrayHeader(Checked(values.Count, maxCount) ? values.Count : 0);
                foreach (T value in values)
                {
                    element.Write(writer, value);
                }
            },
            (ref WireReader reader, [MaybeNullWhen(false)] out IReadOnlyList<T> values) => TryReadList(ref reader, element, maxCount, out values),
            new ValueShape.List(element.Shape, maxCount));
    }

    /// <summary>The shape of an array whose elements have these shapes and no names.</summary>
    internal static ValueShape TupleOf(params ReadOnlySpan<ValueShape> shapes)
    {
        var fields = new ValueField[shapes.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = new ValueField("", shapes[i]);
        }

        return new ValueShape.Tuple(fields);
    }

    private static bool TryReadList<T>(
        ref WireReader reader, Codec<T> element, int maxCount, [MaybeNullWhen(false)] out IReadOnlyList<T> values)
    {
        values = null;
        if (!reader.TryReadArrayHeader(maxCount, out int count))
        {
            return false;
        }

        var read = new List<T>(int.Min(count, 64));
        for (int i = 0; i < count; i++)
        {
            if (!element.TryRead(ref reader, out T? value))
            {
                return false;
            }

            read.Add(value);
        }

        values = read;
        return true;
    }

    private static bool Checked(int length, int max) =>
        length <= max ? true : throw new ArgumentException($"A length of {length} is above the maximum of {max}.", nameof(length));
}
