using System.Buffers.Binary;

namespace Chain.Core.Fuzz;

/// <summary>Several byte strings in one input: each after its length in two bytes, so that mutations change lengths too.</summary>
internal static class Fields
{
    public static byte[] Join(params ReadOnlySpan<byte[]> fields)
    {
        var joined = new List<byte>();
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        foreach (byte[] field in fields)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, checked((ushort)field.Length));
            joined.AddRange(length);
            joined.AddRange(field);
        }

        return [.. joined];
    }

    /// <summary>The next field, cut where the input ends; empty after its end.</summary>
    public static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> input)
    {
        if (input.Length < sizeof(ushort))
        {
            input = default;
            return default;
        }

        int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(input), input.Length - sizeof(ushort));
        ReadOnlySpan<byte> field = input.Slice(sizeof(ushort), length);
        input = input[(sizeof(ushort) + length)..];
        return field;
    }

    /// <summary>The number at the start, filled up with zeros where the input ends.</summary>
    public static ulong TakeNumber(ref ReadOnlySpan<byte> input)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        int length = Math.Min(bytes.Length, input.Length);
        input[..length].CopyTo(bytes);
        input = input[length..];
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    public static byte[] Number(ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}
