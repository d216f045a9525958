using System.Buffers.Binary;
using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>
/// What a log of write batches looks like after the power failed before it was synced: sectors that were never
/// written, were written out of order, or only in part. A record is its length, its batch and a checksum.
/// </summary>
internal sealed class UnsyncedLog
{
    private const int SectorBytes = 512;
    private const int LengthBytes = sizeof(int);
    private const int ChecksumBytes = sizeof(ulong);

    private readonly IReadOnlyList<WriteBatch> _batches;
    private readonly List<byte> _bytes = [];
    private readonly List<(int Start, int End)> _records = [];

    public UnsyncedLog(IReadOnlyList<WriteBatch> batches)
    {
        _batches = batches;
        foreach (WriteBatch batch in batches)
        {
            Append(batch);
        }
    }

    /// <summary>The batches that are read back after the disk lost what <paramref name="random"/> says.</summary>
    public List<WriteBatch> Damage(DeterministicRandom random, DiskRecovery recovery)
    {
        bool[] survives = ChooseSurvivors(random);
        byte[] damaged = [.. _bytes];
        for (int i = 0; i < damaged.Length; i++)
        {
            damaged[i] = survives[i] ? damaged[i] : (byte)0;
        }

        var read = new List<WriteBatch>();
        for (int i = 0; i < _records.Count; i++)
        {
            if (IsWhole(damaged, _records[i]))
            {
                read.Add(_batches[i]);
            }
            else if (recovery == DiskRecovery.Prefix)
            {
                break;
            }
            else if (recovery == DiskRecovery.TakesTorn)
            {
                read.Add(FirstHalf(_batches[i]));
                break;
            }
        }

        return read;
    }

    private static WriteBatch FirstHalf(WriteBatch batch)
    {
        var half = new WriteBatch();
        foreach (WriteOperation operation in batch.Operations.Take(batch.Operations.Count / 2))
        {
            if (operation.IsDelete)
            {
                half.Delete(operation.Key);
            }
            else
            {
                half.Put(operation.Key, operation.Value);
            }
        }

        return half;
    }

    private static bool IsWhole(byte[] log, (int Start, int End) record)
    {
        ReadOnlySpan<byte> bytes = log.AsSpan(record.Start, record.End - record.Start);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes) == bytes.Length
            && ChecksumOf(bytes[..^ChecksumBytes]) == BinaryPrimitives.ReadUInt64LittleEndian(bytes[^ChecksumBytes..]);
    }

    private static ulong ChecksumOf(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt64LittleEndian(Hash256.AsSpan(Sha256.Hash(bytes)));

    /// <summary>One of: all, a prefix that ends within a sector, a prefix of sectors, or any sectors.</summary>
    private bool[] ChooseSurvivors(DeterministicRandom random)
    {
        var survives = new bool[_bytes.Count];
        int kind = random.NextIndex(4);
        int end = kind switch
        {
            0 => _bytes.Count,
            1 => random.NextIndex(_bytes.Count + 1),
            _ => random.NextIndex((_bytes.Count / SectorBytes) + 2) * SectorBytes,
        };
        survives.AsSpan(0, int.Min(end, _bytes.Count)).Fill(true);
        for (int start = 0; kind == 3 && start < _bytes.Count; start += SectorBytes)
        {
            survives.AsSpan(start, int.Min(SectorBytes, _bytes.Count - start)).Fill(random.NextIndex(2) == 0);
        }

        return survives;
    }

    private void Append(WriteBatch batch)
    {
        int start = _bytes.Count;
        AppendNumber(0);
        foreach (WriteOperation operation in batch.Operations)
        {
            AppendNumber(operation.IsDelete ? 1 : 2);
            AppendNumber(operation.Key.Length);
            _bytes.AddRange(operation.Key.Span);
            AppendNumber(operation.Value.Length);
            _bytes.AddRange(operation.Value.Span);
        }

        var record = new byte[_bytes.Count - start + ChecksumBytes];
        _bytes.CopyTo(start, record, 0, _bytes.Count - start);
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(record.Length - ChecksumBytes), ChecksumOf(record.AsSpan(0, record.Length - ChecksumBytes)));
        _bytes.RemoveRange(start, _bytes.Count - start);
        _bytes.AddRange(record);
        _records.Add((start, _bytes.Count));
    }

    private void AppendNumber(int number)
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        _bytes.AddRange(bytes);
    }
}
