using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chain.Core.Wire;

/// <summary>
/// Writes what <see cref="WireWriter"/> writes, without looking at the room: it must have <see cref="Slack"/> bytes more than
/// is written, for the writer stores whole words of which only a part counts.
/// </summary>
internal ref struct SpanWriter(Span<byte> room)
{
    /// <summary>How many bytes behind the written ones may be touched.</summary>
    public const int Slack = sizeof(ulong);

    private const int CharactersAtOnce = 4;
    private const ulong BeyondAscii = 0xFF80_FF80_FF80_FF80;

    private readonly ref byte _room = ref MemoryMarshal.GetReference(room);

    /// <summary>How many bytes have been written.</summary>
    public int Position { get; private set; }

    private readonly ref byte Here => ref Unsafe.Add(ref _room, Position);

    public void ArrayHeader(int count) => Put(unchecked((byte)(MessagePackCode.MinFixArray + count)));

    public void UInt64(ulong value)
    {
        unchecked
        {
            switch (value)
            {
                case <= MessagePackCode.MaxFixInt: Put((byte)value); break;
                case <= byte.MaxValue: Number(MessagePackCode.UInt8, value, sizeof(byte)); break;
                case <= ushort.MaxValue: Number(MessagePackCode.UInt16, value, sizeof(ushort)); break;
                case <= uint.MaxValue: Number(MessagePackCode.UInt32, value, sizeof(uint)); break;
                default: Number(MessagePackCode.UInt64, value, sizeof(ulong)); break;
            }
        }
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        switch (value.Length)
        {
            case <= byte.MaxValue: Number(MessagePackCode.Bin8, (uint)value.Length, sizeof(byte)); break;
            case <= ushort.MaxValue: Number(MessagePackCode.Bin16, (uint)value.Length, sizeof(ushort)); break;
            default: Number(MessagePackCode.Bin32, (uint)value.Length, sizeof(uint)); break;
        }

        Raw(value);
    }

    public void Raw(ReadOnlySpan<byte> value)
    {
        ref byte source = ref MemoryMarshal.GetReference(value);
        int rest = unchecked(value.Length - Vector256<byte>.Count);
        if (unchecked((uint)rest) <= Vector256<byte>.Count)
        {
            // Keys, hashes and signatures: the first half and the last, which overlap where there are fewer than two.
            Vector256.LoadUnsafe(ref source).StoreUnsafe(ref Here);
            Vector256.LoadUnsafe(ref source, (nuint)rest).StoreUnsafe(ref Here, (nuint)rest);
        }
        else
        {
            value.CopyTo(MemoryMarshal.CreateSpan(ref Here, value.Length));
        }

        Position = unchecked(Position + value.Length);
    }

    /// <summary>A string of at most 255 bytes in UTF-8.</summary>
    /// <exception cref="OverflowException">It is longer.</exception>
    public void Name(string value)
    {
        ref byte text = ref Unsafe.Add(ref Here, 1);
        int length = value.Length;
        if (!TryCopyAscii(value, ref text))
        {
            length = WireWriter.StrictUtf8.GetBytes(value, MemoryMarshal.CreateSpan(ref text, 3 * value.Length));
        }

        if (length < 32)
        {
            Put(unchecked((byte)(MessagePackCode.MinFixStr + length)));
        }
        else
        {
            Span<byte> all = MemoryMarshal.CreateSpan(ref text, checked((byte)length) + 1);
            all[..length].CopyTo(all[1..]); // the length takes a byte of its own
            Put(MessagePackCode.Str8);
            Put((byte)length);
        }

        Position = unchecked(Position + length);
    }

    /// <summary>Names are short and mostly ASCII: four characters at a time, the last four once more, are cheaper than the encoder.</summary>
    private static bool TryCopyAscii(string value, ref byte room)
    {
        ref char text = ref MemoryMarshal.GetReference(value.AsSpan());
        if (value.Length < CharactersAtOnce || !BitConverter.IsLittleEndian)
        {
            return TryCopyOneByOne(value, ref room);
        }

        int last = unchecked(value.Length - CharactersAtOnce);
        for (int i = 0; i < last; i = unchecked(i + CharactersAtOnce))
        {
            if (!TryCopyFour(ref text, ref room, i))
            {
                return false;
            }
        }

        return TryCopyFour(ref text, ref room, last);
    }

    private static bool TryCopyFour(ref char text, ref byte room, int at)
    {
        ulong four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref text, at)));
        if ((four & BeyondAscii) != 0)
        {
            return false;
        }

        ulong pairs = (four | (four >> 8)) & 0x0000_FFFF_0000_FFFF;
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref room, at), unchecked((uint)(pairs | (pairs >> 16))));
        return true;
    }

    private static bool TryCopyOneByOne(string value, ref byte room)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] > 0x7f)
            {
                return false;
            }

            Unsafe.Add(ref room, i) = unchecked((byte)value[i]);
        }

        return true;
    }

    /// <summary>A code and a number of so many bytes, stored as a whole word.</summary>
    private void Number(byte code, ulong value, int width)
    {
        Here = code;
        ulong bigEndian = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReverseEndianness(value << (8 * (sizeof(ulong) - width)))
            : value << (8 * (sizeof(ulong) - width));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref Here, 1), bigEndian);
        Position = unchecked(Position + 1 + width);
    }

    private void Put(byte value)
    {
        Here = value;
        Position = unchecked(Position + 1);
    }
}
