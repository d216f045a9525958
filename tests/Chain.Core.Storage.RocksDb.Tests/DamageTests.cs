using System.Buffers.Binary;
using Chain.Core.Machines;
using Chain.Core.Testing;

namespace Chain.Core.Storage.RocksDb;

/// <summary>Bytes that change on the disk: every change is refused, or the data is whole all the same.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Batches = 16;
    private const int LogHeader = 7;
    private const int LogBlockSize = 32 * 1024;

    private readonly TemporaryDirectory _whole = new();
    private readonly TemporaryDirectory _damaged = new();

    public void Dispose()
    {
        _whole.Dispose();
        _damaged.Dispose();
    }

    [Fact]
    public void Open_AnyBitOfALogHeaderFlipped_IsRefused()
    {
        WriteBatches(flush: false);
        string log = OnlyFile("*.log");
        byte[] bytes = File.ReadAllBytes(log);
        foreach (int header in HeadersOf(bytes))
        {
            for (int bit = 0; bit < LogHeader * 8; bit += LongRun.Factor > 0 ? 1 : 3)
            {
                Assert.True(IsRefused(log, Flip(bytes, header + (bit / 8), bit % 8)), $"Bit {bit} of the header at {header}.");
            }
        }
    }

    [Fact]
    public void Open_AnyBitOfTheManifestFlipped_IsRefused()
    {
        WriteBatches(flush: true);
        string manifest = OnlyFile("MANIFEST-*");
        byte[] bytes = File.ReadAllBytes(manifest);
        for (int bit = 0; bit < bytes.Length * 8; bit += LongRun.Factor > 0 ? 1 : 5)
        {
            Assert.True(IsRefused(manifest, Flip(bytes, bit / 8, bit % 8)), $"Bit {bit} of the manifest.");
        }
    }

    [Theory]
    [InlineData("*.log", false)]
    [InlineData("*.sst", true)]
    [InlineData("CURRENT", true)]
    public void Open_SomeBitFlipped_IsRefusedOrHasEveryBatch(string file, bool flush)
    {
        WriteBatches(flush);
        string path = OnlyFile(file);
        byte[] bytes = File.ReadAllBytes(path);
        var random = new DeterministicRandom(23);
        int refused = 0;
        for (int i = LongRun.Count(60, 20_000); i > 0; i--)
        {
            refused += IsRefused(path, Flip(bytes, random.NextIndex(bytes.Length), random.NextIndex(8))) ? 1 : 0;
        }

        Assert.InRange(refused, 1, int.MaxValue);
    }

    [Fact]
    public void Open_TwoSectorsOfTheLogSwapped_IsRefused()
    {
        const int Sector = 512;
        WriteBatches(flush: false);
        string log = OnlyFile("*.log");
        byte[] bytes = File.ReadAllBytes(log);
        var random = new DeterministicRandom(29);
        for (int i = LongRun.Count(60, 20_000); i > 0; i--)
        {
            int first = random.NextIndex(bytes.Length / Sector) * Sector;
            int second = random.NextIndex(bytes.Length / Sector) * Sector;
            byte[] swapped = [.. bytes];
            bytes.AsSpan(first, Sector).CopyTo(swapped.AsSpan(second));
            bytes.AsSpan(second, Sector).CopyTo(swapped.AsSpan(first));
            Assert.Equal(first != second, IsRefused(log, swapped));
        }
    }

    [Fact]
    public void Open_LogCutAnywhere_HasEveryBatchBeforeTheCut()
    {
        WriteBatches(flush: false);
        string log = OnlyFile("*.log");
        byte[] bytes = File.ReadAllBytes(log);
        int[] ends = EndsOfBatches(bytes);
        Assert.Equal(Batches, ends.Length);
        var random = new DeterministicRandom(31);
        for (int i = LongRun.Count(60, 20_000); i > 0; i--)
        {
            int cut = random.NextIndex(bytes.Length);
            Damage(log, bytes[..cut]);
            using RocksDbStore store = RocksDbStore.Open(_damaged.Path, ChildWriter.Options);
            Assert.Equal(ends.Count(end => end <= cut), ChildWriter.LastWhole(store));
        }
    }

    [Theory]
    [InlineData("*.sst", true)]
    [InlineData("MANIFEST-*", true)]
    [InlineData("CURRENT", true)]
    [InlineData("CURRENT", false)]
    public void Open_FileMissing_IsRefused(string file, bool flush)
    {
        WriteBatches(flush);
        string missing = OnlyFile(file);
        Damage(missing, []);
        File.Delete(Path.Combine(_damaged.Path, Path.GetFileName(missing)));
        Assert.Throws<StorageException>(() => RocksDbStore.Open(_damaged.Path, ChildWriter.Options));
    }

    private void WriteBatches(bool flush)
    {
        using RocksDbStore store = RocksDbStore.Open(_whole.Path, ChildWriter.Options);
        ChildWriter.Write(store, Batches);
        if (flush)
        {
            store.Flush();
        }
    }

    /// <summary>Whether opening or reading is refused; fails where less than all of the data is read without a word.</summary>
    private bool IsRefused(string path, byte[] content)
    {
        Damage(path, content);
        try
        {
            using RocksDbStore store = RocksDbStore.Open(_damaged.Path, ChildWriter.Options);
            Assert.Equal(Batches, ChildWriter.LastWhole(store));
            return false;
        }
        catch (StorageException)
        {
            return true;
        }
    }

    private void Damage(string path, byte[] content)
    {
        foreach (string left in Directory.GetFiles(_damaged.Path))
        {
            File.Delete(left);
        }

        foreach (string file in Directory.GetFiles(_whole.Path))
        {
            File.Copy(file, Path.Combine(_damaged.Path, Path.GetFileName(file)));
        }

        File.WriteAllBytes(Path.Combine(_damaged.Path, Path.GetFileName(path)), content);
    }

    private string OnlyFile(string pattern) =>
        Directory.GetFiles(_whole.Path, pattern).Single(path => new FileInfo(path).Length > 0);

    private static byte[] Flip(byte[] bytes, int at, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= (byte)(1 << bit);
        return flipped;
    }

    private static IEnumerable<int> HeadersOf(byte[] log)
    {
        for (int at = 0; at + LogHeader <= log.Length;)
        {
            int left = LogBlockSize - (at % LogBlockSize);
            if (left < LogHeader)
            {
                at += left;
                continue;
            }

            yield return at;
            at += LogHeader + BinaryPrimitives.ReadUInt16LittleEndian(log.AsSpan(at + 4));
        }
    }

    /// <summary>Where each batch is complete: at the end of a record of type full (1) or last (4).</summary>
    private static int[] EndsOfBatches(byte[] log) =>
    [
        .. HeadersOf(log)
            .Where(at => log[at + 6] is 1 or 4)
            .Select(at => at + LogHeader + BinaryPrimitives.ReadUInt16LittleEndian(log.AsSpan(at + 4))),
    ];
}
