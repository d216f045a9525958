using Chain.Core.Crypto;
using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;

namespace Chain.Core.Gossip.Tests.Bounds;

public sealed class BlockMemoryTests
{
    private BlockMemory _memory = new(100, new IdComparer());

    [Fact]
    public void Add_FarMoreThanItHolds_KeepsTheNewestHalfAtLeast()
    {
        for (ulong i = 0; i < 10_000; i++)
        {
            Assert.Equal(BlockMark.None, _memory.Add(Id(i), BlockMark.Known));
            Assert.InRange(_memory.Count, 0, 100);
            for (ulong back = 0; back < Math.Min(i, 50); back++)
            {
                Assert.True(_memory.Has(Id(i - back), BlockMark.Known));
            }
        }

        Assert.False(_memory.Has(Id(0), BlockMark.Known));
    }

    [Fact]
    public void Add_Again_SaysWhichMarksTheBlockHad()
    {
        Assert.Equal(BlockMark.None, _memory.Add(Id(1), BlockMark.Known));
        Assert.Equal(BlockMark.Known, _memory.Add(Id(1), BlockMark.Known | BlockMark.SpokenOf));
        Assert.Equal(BlockMark.Known | BlockMark.SpokenOf, _memory.Add(Id(1), BlockMark.Known | BlockMark.SpokenOf));
        Assert.Equal(1, _memory.Count);
    }

    [Fact]
    public void Add_OneMark_IsNoOther()
    {
        _memory.Add(Id(1), BlockMark.Served);

        Assert.True(_memory.Has(Id(1), BlockMark.Served));
        Assert.False(_memory.Has(Id(1), BlockMark.Known));
        Assert.False(_memory.Has(Id(2), BlockMark.Served));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void Add_AnyMarksInAnyOrder_AgreesWithTwoPlainTables(int capacity)
    {
        var memory = new BlockMemory(capacity, new IdComparer());
        var random = new DeterministicRandom((ulong)capacity);
        Dictionary<ulong, BlockMark> young = [];
        Dictionary<ulong, BlockMark> old = [];
        for (int step = 0; step < 5_000; step++)
        {
            ulong id = random.NextBelow(200);
            var marks = (BlockMark)(1 + random.NextBelow(7));
            Dictionary<ulong, BlockMark> holder = old.ContainsKey(id) ? old : young;
            if (!holder.ContainsKey(id) && young.Count >= capacity / 2)
            {
                (old, young) = (young, []);
                holder = young;
            }

            BlockMark before = holder.GetValueOrDefault(id);
            holder[id] = before | marks;

            Assert.Equal(before & marks, memory.Add(Id(id), marks));
            Assert.Equal(young.Count + old.Count, memory.Count);
        }
    }

    [Fact]
    public void Hash_IdsThatPeersChose_DependsOnAKeyThatTheyDoNotKnow()
    {
        var first = new IdComparer();
        var second = new IdComparer();
        first.SetKey(1);
        second.SetKey(2);

        // The plain hash of these is the same: they differ in their last bytes only.
        Hash256[] alike = [.. Enumerable.Range(0, 1000).Select(Alike)];
        Assert.Single(alike.Select(id => id.GetHashCode()).Distinct());
        Assert.InRange(alike.Select(first.GetHashCode).Distinct().Count(), 990, 1000);
        Assert.NotEqual(alike.Select(first.GetHashCode), alike.Select(second.GetHashCode));
    }

    private static Hash256 Alike(int number)
    {
        var bytes = new byte[Hash256.Size];
        BitConverter.TryWriteBytes(bytes.AsSpan(28), number);
        return new Hash256(bytes);
    }

    private static Hash256 Id(ulong number) => Chains.UnknownTransaction(number).Value;
}
