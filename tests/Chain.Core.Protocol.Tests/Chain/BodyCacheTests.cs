using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests.Chain;

public class BodyCacheTests
{
    private readonly List<Block> _blocks = new DevFixture().Blocks(4);

    [Fact]
    public void Add_BeyondTheBytes_TheOldestGoes()
    {
        var cache = new BodyCache(_blocks[0].Encoded.Length + _blocks[1].Encoded.Length);
        cache.Add(_blocks[0], null);
        cache.Add(_blocks[1], null);
        cache.Add(_blocks[2], null);

        Assert.False(cache.TryGet(_blocks[0].Id, out _));
        Assert.True(cache.TryGet(_blocks[1].Id, out _));
        Assert.True(cache.TryGet(_blocks[2].Id, out Block? last));
        Assert.Same(_blocks[2], last);
    }

    [Fact]
    public void Add_LargerThanAll_IsKeptAlone()
    {
        var cache = new BodyCache(1);
        cache.Add(_blocks[0], null);
        cache.Add(_blocks[1], null);

        Assert.False(cache.TryGet(_blocks[0].Id, out _));
        Assert.True(cache.TryGet(_blocks[1].Id, out _));
    }

    [Fact]
    public void Settle_AnotherOneCameUnderTheSameId_TheOneThatWasJudgedStays()
    {
        var cache = new BodyCache(1 << 20);
        Block judged = Block.Create(_blocks[0].Header, []);
        cache.Add(_blocks[0], new ConnectionId(7));
        cache.Settle(judged);

        Assert.True(cache.TryGet(judged.Id, out Block? kept));
        Assert.Same(judged, kept);
        Assert.Equal(new ConnectionId(7), cache.OriginOf(judged.Id));
    }

    [Fact]
    public void OriginOf_FirstDeliveryCounts()
    {
        var cache = new BodyCache(1 << 20);
        cache.Add(_blocks[0], new ConnectionId(7));
        cache.Add(_blocks[0], new ConnectionId(8));
        cache.Add(_blocks[1], null);

        Assert.Equal(new ConnectionId(7), cache.OriginOf(_blocks[0].Id));
        Assert.Null(cache.OriginOf(_blocks[1].Id));
        Assert.Null(cache.OriginOf(_blocks[2].Id));
    }
}
