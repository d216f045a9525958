namespace Chain.Core.Crypto.Tests.Signatures;

public sealed class Ed25519KeyCacheTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_NoCapacity_Throws(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ed25519KeyCache(capacity));

    [Fact]
    public void TryAdd_MoreThanTheCapacity_ForgetsTheFirst()
    {
        var cache = new Ed25519KeyCache(2);
        byte[][] keys = Keys(3);

        Assert.All(keys, key => Assert.True(cache.TryAdd(key)));

        Assert.Equal(2, cache.Count);
        Assert.False(cache.Contains(keys[0]));
        Assert.True(cache.Contains(keys[1]));
        Assert.True(cache.Contains(keys[2]));
    }

    [Fact]
    public void TryAdd_KnownKey_ChangesNothing()
    {
        var cache = new Ed25519KeyCache(2);
        byte[][] keys = Keys(2);
        Assert.True(cache.TryAdd(keys[0]));
        Assert.True(cache.TryAdd(keys[1]));

        Assert.True(cache.TryAdd(keys[0]));

        Assert.True(cache.Contains(keys[1]));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void TryAdd_NoKey_IsRefused()
    {
        var cache = new Ed25519KeyCache(2);
        byte[] noPoint = new byte[32];
        noPoint[0] = 2;

        Assert.False(cache.TryAdd(noPoint));
        Assert.False(cache.TryAdd(new byte[31]));
        Assert.False(cache.TryAdd([]));
        Assert.Equal(0, cache.Count);
        Assert.False(cache.Contains(new byte[33]));
    }

    [Fact]
    public void Clear_ForgetsAllAndServesOn()
    {
        var cache = new Ed25519KeyCache(2);
        byte[][] keys = Keys(3);
        cache.TryAdd(keys[0]);
        cache.TryAdd(keys[1]);

        cache.Clear();

        Assert.Equal(0, cache.Count);
        Assert.True(cache.TryAdd(keys[2]));
        Assert.True(cache.Contains(keys[2]));
    }

    private static byte[][] Keys(int count)
    {
        var random = new Random(8);
        return Enumerable.Range(0, count)
            .Select(_ => Ed25519Cases.Signed(random, 0).Good.PublicKey.ToArray())
            .ToArray();
    }
}
