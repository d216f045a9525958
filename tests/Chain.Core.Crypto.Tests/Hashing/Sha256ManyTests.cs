using System.Security.Cryptography;
using Chain.Core.Testing;

namespace Chain.Core.Crypto.Tests.Hashing;

public sealed class Sha256ManyTests
{
    private const int LongestMessage = 300;
    private const int GreatestBatch = 40;

    private static readonly byte[] Bytes = SeededBytes((LongestMessage * GreatestBatch) + 1);

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void HashMany_EveryLengthAndBatch_EqualsTheBcl(CryptoPath path)
    {
        for (int length = 0; length <= LongestMessage; length++)
        {
            Hash256[] expected = [.. Enumerable.Range(0, GreatestBatch).Select(i => Bcl(Bytes.AsSpan(length * i, length)))];
            for (int count = 0; count <= GreatestBatch; count++)
            {
                var digests = new Hash256[count + 1];
                Sha256.HashMany(Bytes.AsSpan(0, length * count), length, digests.AsSpan(0, count), path);
                if (!digests.AsSpan(0, count).SequenceEqual(expected.AsSpan(0, count)) || !digests[count].IsZero)
                {
                    Assert.Fail($"{count} messages of {length} bytes");
                }
            }
        }
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void HashMany_UnalignedMessages_EqualsTheBcl(CryptoPath path)
    {
        var digests = new Hash256[20];
        Sha256.HashMany(Bytes.AsSpan(1, 20 * 64), 64, digests, path);
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(Bcl(Bytes.AsSpan(1 + (64 * i), 64)), digests[i]));
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void HashMany_LongMessages_EqualsTheBcl(CryptoPath path)
    {
        byte[] bytes = SeededBytes(3 * 100_003);
        var digests = new Hash256[3];
        Sha256.HashMany(bytes, 100_003, digests, path);
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(Bcl(bytes.AsSpan(100_003 * i, 100_003)), digests[i]));
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void HashMany_BehindAMidstate_EqualsTheWholeMessages(CryptoPath path)
    {
        Sha256Midstate midstate = Sha256Midstate.Initial.Absorb(Bytes.AsSpan(0, 128));
        for (int length = 0; length <= 130; length++)
        {
            var digests = new Hash256[19];
            midstate.HashMany(Bytes.AsSpan(0, 19 * length), length, digests, path);
            for (int i = 0; i < digests.Length; i++)
            {
                Assert.Equal(Bcl([.. Bytes.AsSpan(0, 128), .. Bytes.AsSpan(length * i, length)]), digests[i]);
            }
        }
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void HashPairs_EveryCountAndInPlace_EqualsTheBcl(CryptoPath path)
    {
        for (int count = 0; count <= 50; count++)
        {
            Hash256[] children = [.. Enumerable.Range(0, 2 * count).Select(i => Bcl(BitConverter.GetBytes(i)))];
            Hash256[] expected =
                [.. Enumerable.Range(0, count).Select(i => Bcl([7, .. children[2 * i].ToArray(), .. children[(2 * i) + 1].ToArray()]))];
            var parents = new Hash256[count];
            Sha256.HashPairs(7, children, parents, path);
            Assert.Equal(expected, parents);

            Sha256.HashPairs(7, children, children, path);
            Assert.Equal(expected, children[..count]);
        }
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void HashMany_RandomMessages_EqualsTheBcl(CryptoPath path)
    {
        var random = new Random(6234);
        int batches = LongRun.Count(ordinary: 200, perFactor: 100_000);
        for (int batch = 0; batch < batches; batch++)
        {
            int length = random.Next(700);
            var digests = new Hash256[random.Next(60)];
            var messages = new byte[length * digests.Length];
            random.NextBytes(messages);
            Sha256.HashMany(messages, length, digests, path);
            for (int i = 0; i < digests.Length; i++)
            {
                Assert.Equal(Bcl(messages.AsSpan(length * i, length)), digests[i]);
            }
        }
    }

    [Fact]
    public void HashMany_WrongSizes_AreTheCallersFault()
    {
        Assert.Throws<ArgumentException>(() => Sha256.HashMany(new byte[65], 64, new Hash256[1]));
        Assert.Throws<ArgumentException>(() => Sha256.HashMany(new byte[64], 64, new Hash256[2]));
        Assert.Throws<ArgumentException>(() => Sha256.HashMany(new byte[1], 0, new Hash256[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256.HashMany([], -1, []));
        Assert.Throws<PlatformNotSupportedException>(() => Sha256.HashMany([], 1, [], (CryptoPath)99));
    }

    [Fact]
    public void Midstate_AbsorbedInPieces_HashesAsTheBcl()
    {
        for (int blocks = 0; blocks <= 3; blocks++)
        {
            Sha256Midstate midstate = Sha256Midstate.Initial;
            for (int block = 0; block < blocks; block++)
            {
                midstate = midstate.Absorb(Bytes.AsSpan(64 * block, 64));
            }

            Assert.Equal(64UL * (ulong)blocks, midstate.Length);
            for (int rest = 0; rest <= 130; rest++)
            {
                Assert.Equal(Bcl(Bytes.AsSpan(0, (64 * blocks) + rest)), midstate.Hash(Bytes.AsSpan(64 * blocks, rest)));
            }
        }
    }

    [Fact]
    public void Midstate_BrokenBlock_IsTheCallersFault() =>
        Assert.Throws<ArgumentException>(() => Sha256Midstate.Initial.Absorb(new byte[63]));

    private static Hash256 Bcl(ReadOnlySpan<byte> message) => new(SHA256.HashData(message));

    private static byte[] SeededBytes(int length)
    {
        var bytes = new byte[length];
        new Random(256).NextBytes(bytes);
        return bytes;
    }
}
