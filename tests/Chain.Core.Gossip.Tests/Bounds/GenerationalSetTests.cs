using Chain.Core.Crypto;
using Chain.Core.Gossip.Tests.Playing;

namespace Chain.Core.Gossip.Tests.Bounds;

public sealed class GenerationalSetTests
{
    private readonly GenerationalSet _set = new(100, new IdComparer());

    [Fact]
    public void Add_FarMoreThanItHolds_KeepsTheNewestHalfAtLeast()
    {
        for (ulong i = 0; i < 10_000; i++)
        {
            Assert.True(_set.Add(Id(i)));
            Assert.InRange(_set.Count, 0, 100);
            for (ulong back = 0; back < Math.Min(i, 50); back++)
            {
                Assert.True(_set.Contains(Id(i - back)));
            }
        }

        Assert.False(_set.Contains(Id(0)));
    }

    [Fact]
    public void Add_Again_SaysThatItIsKnown()
    {
        Assert.True(_set.Add(Id(1)));
        Assert.False(_set.Add(Id(1)));
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
