using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chain.Core.Wire;

/// <summary>
/// Writes what <see cref="WireWriter"/> writes, without looking at the room: it must have <see cref="Slack"/> bytes more than
/// is written, for the writer stores whole words of which only a part counts.
/// </summary>
/// <remarks>Everything is inlined, so that the place to write at stays in a register: through memory it would take five cycles a step.</remarks>
internal ref struct SpanWriter(Span<byte> room)
{
    /// <summary>How many bytes behind the written ones may be touched.</summary>
    public const int Slack = sizeof(ulong);

    private const int CharactersAtOnce = 4;
    private const ulong BeyondAscii = 0xFF80_FF80_FF80_FF80;

    private readonly ref byte _start = ref MemoryMarshal.GetReference(room);
    private ref byte _here = ref MemoryMarshal.GetReference(room);

    /// <summary>How many bytes have been written.</summary>
    public readonly int Position => (int)Unsafe.ByteOffset(ref _start, ref _here);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ArrayHeader(int count) => Put(unchecked((byte)(MessagePackCode.MinFixArray + count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void UInt64(ulong value)
    {
        if (value <= MessagePackCode.MaxFixInt)
        {
            Put(unchecked((byte)value));
            return;
        }

        int significant = unchecked((sizeof(ulong) * 8) - BitOperations.LeadingZeroCount(value));
        int doublings = significant > 32 ? 3 : significant > 16 ? 2 : significant > 8 ? 1 : 0;
        Number(unchecked((byte)(MessagePackCode.UInt8 + doublings)), value, 1 << doublings);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Bytes(ReadOnlySpan<byte> value)
    {
        if (value.Length <= byte.MaxValue)
        {
            Put(MessagePackCode.Bin8);
            Put(unchecked((byte)value.Length));
        }
        else if (value.Length <= ushort.MaxValue)
        {
            Number(MessagePackCode.Bin16, unchecked((uint)value.Length), sizeof(ushort));
        }
        else
        {
            Number(MessagePackCode.Bin32, unchecked((uint)value.Length), sizeof(uint));
        }

        Raw(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ReadOnlySpan<byte> value)
    {
        ref byte source = ref MemoryMarshal.GetReference(value);
        int rest = unchecked(value.Length - Vector256<byte>.Count);
        if (unchecked((uint)rest) <= Vector256<byte>.Count)
        {
            // Keys, hashes and signatures: the first half and the last, which overlap where there are fewer than two.
            Vector256.LoadUnsafe(ref source).StoreUnsafe(ref _here);
            Vector256.LoadUnsafe(ref source, unchecked((nuint)rest)).StoreUnsafe(ref _here, unchecked((nuint)rest));
        }
        else
        {
            value.CopyTo(MemoryMarshal.CreateSpan(ref _here, value.Length));
        }

        _here = ref Unsafe.Add(ref _here, value.Length);
    }

    /// <summary>A string of at most 255 bytes in UTF-8.</summary>
    /// <exception cref="OverflowException">It is longer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Name(string value)
    {
        ref byte text = ref Unsafe.Add(ref _here, 1);
        int length = value.Length;
        if (length is < CharactersAtOnce or >= 32 || !BitConverter.IsLittleEndian || !TryCopyAscii(value, ref text))
        {
            _here = ref Unsafe.Add(ref _here, WriteName(value, ref _here));
            return;
        }

        _here = unchecked((byte)(MessagePackCode.MinFixStr + length));
        _here = ref Unsafe.Add(ref text, length);
    }

    /// <summary>Any name, with its length; returns how many bytes that are.</summary>
    private static int WriteName(string value, ref byte room)
    {
        ref byte text = ref Unsafe.Add(ref room, 1);
        int length = WireWriter.StrictUtf8.GetBytes(value, MemoryMarshal.CreateSpan(ref text, 3 * value.Length));
        if (length < 32)
        {
            room = unchecked((byte)(MessagePackCode.MinFixStr + length));
            return 1 + length;
        }

        byte told = checked((byte)length);
        Span<byte> all = MemoryMarshal.CreateSpan(ref text, length + 1);
        all[..length].CopyTo(all[1..]); // the length takes a byte of its own
        room = MessagePackCode.Str8;
        text = told;
        return 2 + length;
    }

    /// <summary>Names are short and mostly ASCII: four characters at a time, the last four once more, are cheaper than the encoder.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopyAscii(string value, ref byte room)
    {
        ref char text = ref MemoryMarshal.GetReference(value.AsSpan());
        int last = unchecked(value.Length - CharactersAtOnce);
        ulong seen = CopyFour(ref text, ref room, last);
        for (int i = 0; i < last; i = unchecked(i + CharactersAtOnce))
        {
            seen |= CopyFour(ref text, ref room, i);
        }

        return (seen & BeyondAscii) == 0;
    }

    /// <summary>Writes the low byte of each of four characters; returns the characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong CopyFour(ref char text, ref byte room, int at)
    {
        ulong four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref text, at)));
        ulong pairs = (four | (four >> 8)) & 0x0000_FFFF_0000_FFFF;
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref room, at), unchecked((uint)(pairs | (pairs >> 16))));
        return four;
    }

    /// <summary>A code and a number of so many bytes, stored as a whole word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Number(byte code, ulong value, int width)
    {
        _here = code;
        ulong shifted = value << unchecked(8 * (sizeof(ulong) - width));
        ulong bigEndian = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(shifted) : shifted;
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref _here, 1), bigEndian);
        _here = ref Unsafe.Add(ref _here, unchecked(1 + width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(byte value)
    {
        _here = value;
        _here = ref Unsafe.Add(ref _here, 1);
    }
}
