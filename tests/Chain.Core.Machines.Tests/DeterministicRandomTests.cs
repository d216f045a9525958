using System.Numerics;

namespace Chain.Core.Machines.Tests;

public sealed class DeterministicRandomTests
{
    [Theory]
    [InlineData(0UL, new ulong[] { 0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0, 0x6aa594f1262d2d2c })]
    [InlineData(1UL, new ulong[] { 0xb3f2af6d0fc710c5, 0x853b559647364cea, 0x92f89756082a4514, 0x642e1c7bc266a3a7 })]
    [InlineData(42UL, new ulong[] { 0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1, 0xecb8ad4703b360a1 })]
    [InlineData(ulong.MaxValue, new ulong[] { 0x8f5520d52a7ead08, 0xc476a018caa1802d, 0x81de31c0d260469e, 0xbf658d7e065f3c2f })]
    public void NextUInt64_Seed_GivesItsPinnedNumbers(ulong seed, ulong[] expected)
    {
        var random = new DeterministicRandom(seed);
        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void Reference_PublishedStates_GivesPublishedNumbers()
    {
        // xoshiro256** from the state 1, 2, 3, 4, and SplitMix64 from 1234567, as their authors' C code gives them.
        ulong[] state = [1, 2, 3, 4];
        Assert.Equal(
            [11520UL, 0, 1509978240, 1215971899390074240, 1216172134540287360],
            Enumerable.Range(0, 5).Select(_ => Xoshiro(state)).ToArray());
        ulong seed = 1234567;
        Assert.Equal([6457827717110365317UL, 3203168211198807973, 9817491932198370423], new[] { SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed) });
    }

    [Fact]
    public void NextUInt64_LongStream_FollowsTheReference()
    {
        ulong seed = 77;
        var random = new DeterministicRandom(seed);
        ulong[] state = [SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed)];
        for (int i = 0; i < 100_000; i++)
        {
            Assert.Equal(Xoshiro(state), random.NextUInt64());
        }
    }

    [Fact]
    public void Fork_SameComponentAndState_GivesTheSameStream()
    {
        ulong[] first = Stream(new DeterministicRandom(5).Fork(3));
        Assert.Equal(first, Stream(new DeterministicRandom(5).Fork(3)));
        Assert.NotEqual(first, Stream(new DeterministicRandom(5).Fork(4)));
        Assert.NotEqual(first, Stream(new DeterministicRandom(6).Fork(3)));
        var parent = new DeterministicRandom(5);
        Assert.NotEqual(Stream(parent.Fork(3)), Stream(parent.Fork(3)));
        Assert.Equal(new DeterministicRandom(5).Fork(0).NextUInt64(), new DeterministicRandom(new DeterministicRandom(5).NextUInt64()).NextUInt64());
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(1000UL)]
    [InlineData((1UL << 63) + 1)]
    [InlineData(ulong.MaxValue)]
    public void NextBelow_AnyBound_StaysBelow(ulong bound)
    {
        var random = new DeterministicRandom(9);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(random.NextBelow(bound) < bound);
        }
    }

    [Fact]
    public void NextBelow_SmallBounds_ReachEveryNumber()
    {
        var random = new DeterministicRandom(10);
        for (int bound = 1; bound < 20; bound++)
        {
            Assert.Equal(bound, Enumerable.Range(0, 2000).Select(_ => random.NextIndex(bound)).Distinct().Count());
        }
    }

    [Theory]
    [InlineData(10UL, 1UL, 10)]
    [InlineData(7UL, 1UL, 7)]
    [InlineData(3UL << 62, 1UL << 60, 12)] // large parts
    public void NextBelow_ManyDraws_AreUniform(ulong bound, ulong perCell, int cells)
    {
        var random = new DeterministicRandom(11);
        AssertUniform(cells, _ => (int)(random.NextBelow(bound) / perCell));
    }

    [Fact]
    public void NextBelow_BoundThatNeedsRejection_IsUniformInItsRemainders()
    {
        // Without rejection, every third number of this range would come twice as often.
        var random = new DeterministicRandom(12);
        AssertUniform(3, _ => (int)(random.NextBelow(3UL << 62) % 3));
    }

    [Fact]
    public void Shuffle_ThreeItems_GivesEveryOrderEquallyOften()
    {
        var random = new DeterministicRandom(13);
        string[] orders = ["abc", "acb", "bac", "bca", "cab", "cba"];
        AssertUniform(orders.Length, _ =>
        {
            char[] items = ['a', 'b', 'c'];
            random.Shuffle<char>(items);
            return Array.IndexOf(orders, new string(items));
        });
    }

    [Fact]
    public void Shuffle_NoneOrOneItem_DrawsNothing()
    {
        var random = new DeterministicRandom(14);
        random.Shuffle<int>([]);
        random.Shuffle<int>(new int[1]);
        Assert.Equal(new DeterministicRandom(14).NextUInt64(), random.NextUInt64());
    }

    [Fact]
    public void Next_BoundsThatMakeNoSense_Throw()
    {
        var random = new DeterministicRandom(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextBelow(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextIndex(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextIndex(-1));
    }

    /// <summary>Pearson's test: the statistic is near its degrees of freedom, and above df + 5 √(2 df) only once in many thousands.</summary>
    private static void AssertUniform(int cells, Func<int, int> draw)
    {
        const int DrawsPerCell = 20_000;
        var counts = new int[cells];
        for (int i = 0; i < DrawsPerCell * cells; i++)
        {
            counts[draw(i)]++;
        }

        double statistic = counts.Sum(count => Math.Pow(count - DrawsPerCell, 2) / DrawsPerCell);
        int freedom = cells - 1;
        Assert.InRange(statistic, 0, freedom + (5 * Math.Sqrt(2 * freedom)));
    }

    private static ulong[] Stream(DeterministicRandom random) => [.. Enumerable.Range(0, 8).Select(_ => random.NextUInt64())];

    private static ulong Xoshiro(ulong[] s)
    {
        unchecked
        {
            ulong result = BitOperations.RotateLeft(s[1] * 5, 7) * 9;
            ulong t = s[1] << 17;
            s[2] ^= s[0];
            s[3] ^= s[1];
            s[1] ^= s[2];
            s[0] ^= s[3];
            s[2] ^= t;
            s[3] = BitOperations.RotateLeft(s[3], 45);
            return result;
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            state += 0x9e3779b97f4a7c15;
            ulong z = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return z ^ (z >> 31);
        }
    }
}
