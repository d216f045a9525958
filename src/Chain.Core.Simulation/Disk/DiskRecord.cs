using System.Buffers.Binary;

namespace Chain.Core.Simulation;

/// <summary>A key and its value on simulated disks; any number of disks may hold the same object.</summary>
internal sealed class DiskRecord(ReadOnlyMemory<byte> key, byte[] value)
{
    private readonly UInt128 _begin = BeginOf(key.Span);

    public ReadOnlyMemory<byte> Key { get; } = key;

    public byte[] Value { get; } = value;

    /// <summary>Where a key stands to the record's, as unsigned bytes: −1 before it, 1 after it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="begin">What <see cref="BeginOf"/> says of it: it settles nearly every comparison without a look at the keys.</param>
    public int CompareWith(ReadOnlySpan<byte> key, UInt128 begin)
    {
        int order = begin.CompareTo(_begin);
        return order != 0 ? order : key.SequenceCompareTo(Key.Span);
    }

    /// <summary>The first 16 bytes of a key, with zeros after a shorter one.</summary>
    public static UInt128 BeginOf(ReadOnlySpan<byte> key)
    {
        if (key.Length >= 16)
        {
            return BinaryPrimitives.ReadUInt128BigEndian(key);
        }

        Span<byte> filled = stackalloc byte[16];
        filled.Clear();
        key.CopyTo(filled);
        return BinaryPrimitives.ReadUInt128BigEndian(filled);
    }
}
