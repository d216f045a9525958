using Chain.Core.Machines;
using Chain.Core.Testing;

namespace Chain.Core.Storage.RocksDb;

/// <summary>Bytes that change on the disk.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Batches = 12;

    private readonly TemporaryDirectory _whole = new();

    public void Dispose() => _whole.Dispose();

    [Fact]
    public void Open_OneByteFlippedInTheLog_RefusesOrHasEveryBatch()
    {
        WriteBatches(flushed: false);
        FlipEverywhere("*.log", LongRun.Count(120, 20_000));
    }

    private void WriteBatches(bool flushed)
    {
        using RocksDbStore store = RocksDbStore.Open(_whole.Path, ChildWriter.Options);
        ChildWriter.Write(store, Batches);
        if (flushed)
        {
            store.Flush();
        }
    }

    private void FlipEverywhere(string pattern, int flips)
    {
        string file = Path.GetFileName(Directory.GetFiles(_whole.Path, pattern).Single(path => new FileInfo(path).Length > 0));
        byte[] bytes = File.ReadAllBytes(Path.Combine(_whole.Path, file));
        var random = new DeterministicRandom(23);
        int lost = 0, refused = 0;
        var report = new List<string>();
        var positions = new List<(int, int)>();
        for (int at = 0; at + 7 < bytes.Length; )
        {
            int left = 32768 - (at % 32768);
            if (left < 7) { at += left; continue; }
            int length = bytes[at + 4] | (bytes[at + 5] << 8);
            report.Add($"[{at} len {length} type {bytes[at + 6]}]");
            for (int b = 0; b < 7 * 8; b++) positions.Add((at + b / 8, b % 8));
            int header = bytes[at + 6] >= 5 && bytes[at+6] < 9 ? 11 : 7;
            at += header + length;
        }
        foreach ((int at, int bit) in positions)
        {
            flips = positions.Count;
            using var copy = new TemporaryDirectory();
            foreach (string path in Directory.GetFiles(_whole.Path))
            {
                File.Copy(path, Path.Combine(copy.Path, Path.GetFileName(path)));
            }

            byte[] flipped = [.. bytes];
            flipped[at] ^= (byte)(1 << bit);
            File.WriteAllBytes(Path.Combine(copy.Path, file), flipped);
            try
            {
                using RocksDbStore store = RocksDbStore.Open(copy.Path, ChildWriter.Options);
                int n = ChildWriter.LastWhole(store);
                if (n != Batches) { lost++; report.Add($"{at}/{bytes.Length} bit {bit}: {n}"); }
            }
            catch (StorageException) { refused++; }
        }
        Console.WriteLine($"{file}: lost {lost} refused {refused} of {flips}: {string.Join("; ", report)}");
    }
}
