using System.Buffers.Binary;
using System.Numerics;

namespace Chain.Core.Storage.RocksDb;

/// <summary>
/// A block of the log format that RocksDB has from LevelDB: records of [masked CRC-32C, 4 bytes; length, 2 bytes;
/// type, 1 byte; payload], none across a block's end; a rest of less than a header is padded with zeros.
/// </summary>
internal static class LogBlock
{
    internal const int Size = 32 * 1024;

    private const int HeaderSize = 7;
    private const byte FirstType = 1;
    private const byte LastType = 4;

    /// <summary>Whether every record is whole; in the last block the last one may be cut off, or zeros may follow.</summary>
    internal static bool IsSound(ReadOnlySpan<byte> block, bool isLast)
    {
        while (block.Length >= HeaderSize)
        {
            int length = LengthOf(block);
            if (HeaderSize + length > block.Length)
            {
                return isLast && IsCutOff(block);
            }

            if (!IsRecord(block, length))
            {
                return isLast && block.IndexOfAnyExcept((byte)0) < 0;
            }

            block = block[(HeaderSize + length)..];
        }

        return isLast || block.IndexOfAnyExcept((byte)0) < 0;
    }

    /// <summary>Whether a record that seems to go on past the end is really unfinished, and the last thing written.</summary>
    private static bool IsCutOff(ReadOnlySpan<byte> rest)
    {
        if (MatchesSomeLength(rest))
        {
            return false;
        }

        for (int i = 1; i + HeaderSize <= rest.Length; i++)
        {
            ReadOnlySpan<byte> candidate = rest[i..];
            int length = LengthOf(candidate);
            if (HeaderSize + length <= candidate.Length && IsRecord(candidate, length))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MatchesSomeLength(ReadOnlySpan<byte> rest)
    {
        uint expected = ChecksumOf(rest);
        uint crc = uint.MaxValue;
        foreach (byte value in rest[(HeaderSize - 1)..])
        {
            crc = BitOperations.Crc32C(crc, value);
            if (Mask(~crc) == expected)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRecord(ReadOnlySpan<byte> bytes, int length) =>
        bytes[HeaderSize - 1] is >= FirstType and <= LastType
        && Mask(~Crc(bytes.Slice(HeaderSize - 1, 1 + length))) == ChecksumOf(bytes);

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record);

    private static int LengthOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);

    // Stored checksums are masked, because a checksum of data that holds checksums is weak.
    private static uint Mask(uint crc) => unchecked(BitOperations.RotateRight(crc, 15) + 0xa282ead8);
}
