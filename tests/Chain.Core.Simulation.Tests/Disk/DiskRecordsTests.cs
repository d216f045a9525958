using Chain.Core.Machines;

namespace Chain.Core.Simulation.Tests.Disk;

public class DiskRecordsTests
{
    [Fact]
    public void PutAndRemove_ManyAtRandom_AsASortedDictionary()
    {
        var random = new DeterministicRandom(7);
        var records = new DiskRecords();
        var model = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] key = [(byte)random.NextIndex(40), (byte)random.NextIndex(40)];
            if (random.NextIndex(3) == 0)
            {
                Assert.Equal(model.Remove(Convert.ToHexString(key)), records.Remove(key) is not null);
            }
            else
            {
                byte[] value = BitConverter.GetBytes(i);
                Assert.Same(model.GetValueOrDefault(Convert.ToHexString(key)), records.Put(new DiskRecord(key, value))?.Value);
                model[Convert.ToHexString(key)] = value;
            }

            Assert.Same(model.GetValueOrDefault(Convert.ToHexString(key)), records.Find(key)?.Value);
        }

        Assert.InRange(model.Count, 600, 1600);
        Assert.Equal(model.Values, records.From(default).Select(static record => record.Value));
        string from = "14";
        Assert.Equal(
            model.Where(pair => string.CompareOrdinal(pair.Key, from) >= 0).Select(static pair => pair.Value),
            records.From(Convert.FromHexString(from)).Select(static record => record.Value));
    }

    [Fact]
    public void Put_KeysThatBeginAlikeOrEndWithZeros_StandInTheOrderOfTheirBytes()
    {
        var random = new DeterministicRandom(8);
        var records = new DiskRecords();
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < 3_000; i++)
        {
            var key = new byte[1 + random.NextIndex(20)];
            for (int place = random.NextIndex(2) * 12; place < key.Length; place++)
            {
                key[place] = random.NextIndex(3) == 0 ? (byte)(254 + random.NextIndex(2)) : (byte)0;
            }

            Assert.Equal(keys.Add(Convert.ToHexString(key)), records.Put(new DiskRecord(key, key)) is null);
            Assert.NotNull(records.Find(key));
        }

        Assert.Equal(keys, records.From(default).Select(static record => Convert.ToHexString(record.Key.Span)));
    }

    [Fact]
    public void Find_RecordsOfTwoDisksThatWriteTheSame_AreOneObject()
    {
        var table = new RecordTable();
        var batch = new WriteBatch();
        batch.Put(new byte[] { 1, 2 }, new byte[] { 3 });
        batch.Put(new byte[] { 1, 2 }, new byte[] { 3 });
        batch.Put(new byte[] { 1, 2 }, new byte[] { 4 });

        Assert.Same(table.Find(batch.Operations[0]), table.Find(batch.Operations[1]));
        Assert.NotSame(table.Find(batch.Operations[0]), table.Find(batch.Operations[2]));
    }
}
