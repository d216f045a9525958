using System.Buffers.Binary;
using Chain.Core.Testing;
using CsCheck;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Hashing;

public sealed class NonceSearchTests(ITestOutputHelper output)
{
    private const string MainnetHeaders = "chain/mainnet_headers_0_10236.bin";
    private const int HeaderSize = 80;
    private const int NonceOffset = 76;

    // Bitcoin's first header, with difficulty 1.
    private const uint GenesisNonce = 2083236893;

    private static readonly byte[] Genesis = Convert.FromHexString(
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e"
        + "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000");

    private static readonly byte[] DifficultyOne =
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000ffff00000000");

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void TryFind_FirstBitcoinHeader_FindsItsNonce(CryptoPath path)
    {
        var search = new NonceSearch(Genesis, NonceOffset, sizeof(uint));
        for (uint before = 0; before < 40; before++)
        {
            Assert.True(search.TryFind(DifficultyOne, GenesisNonce - before, before + 1, out ulong nonce, path));
            Assert.Equal(GenesisNonce, nonce);
            Assert.False(search.TryFind(DifficultyOne, GenesisNonce - before, before, out nonce, path));
            Assert.Equal(0UL, nonce);
        }
    }

    [VectorFact(MainnetHeaders)]
    public void TryFind_BitcoinHeaders_FindsTheirNonces()
    {
        byte[] headers = File.ReadAllBytes(Vectors.PathOf(MainnetHeaders));
        int count = headers.Length / HeaderSize;
        for (int i = 0; i < count; i++)
        {
            byte[] header = headers[(HeaderSize * i)..(HeaderSize * (i + 1))];
            uint expected = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(NonceOffset));
            ulong first = expected < 20 ? 0 : expected - 20UL;
            var search = new NonceSearch(header, NonceOffset, sizeof(uint));
            Assert.True(search.TryFind(DifficultyOne, first, expected - first + 1, out ulong nonce));
            Assert.Equal(expected, nonce);
        }

        output.WriteLine($"{MainnetHeaders}: {count} headers");
        Assert.InRange(count, 10_000, int.MaxValue);
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void TryFind_AnyMessageAndPlace_FindsTheLowestAsOneByOne(CryptoPath path) =>
        Gen.Select(Gen.Int[8, 200], Gen.Int[0, 127], Gen.Bool, Gen.ULong, Gen.Int[0, 50], Gen.Byte).Sample(
            (length, back, isLong, start, count, top) =>
            {
                int size = isLong ? sizeof(ulong) : sizeof(uint);
                int offset = Math.Max(length - size - back, 0);
                if (offset / 64 < ((length + 8) / 64) - 1)
                {
                    return; // more than two blocks from the nonce on
                }

                byte[] message = [.. Enumerable.Range(0, length).Select(i => (byte)((i * 7) + top & 0xff))];
                ulong greatest = isLong ? ulong.MaxValue : uint.MaxValue;
                ulong first = Math.Min(start & greatest, greatest - (ulong)count);
                byte[] target = new byte[32];
                target[31] = (byte)(top / 16);
                target[30] = top;
                var search = new NonceSearch(message, offset, size);
                ulong? expected = OneByOne(message, offset, size, target, first, count);
                Assert.Equal(expected is not null, search.TryFind(target, first, (ulong)count, out ulong nonce, path));
                Assert.Equal(expected ?? 0, nonce);
            },
            iter: 3000,
            seed: "0000KYVJBb7v");

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void TryFind_HashEqualToTheTarget_MeetsItAndOneLessDoesNot(CryptoPath path)
    {
        byte[] message = [.. Genesis];
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(NonceOffset), 5);
        byte[] hash = Sha256.HashTwice(message).ToArray();
        var search = new NonceSearch(Genesis, NonceOffset, sizeof(uint));
        Assert.True(search.TryFind(hash, 5, 1, out _, path));
        for (int i = 0; i < hash.Length; i++)
        {
            if (hash[i] > 0)
            {
                byte[] less = [.. hash];
                less[i]--;
                Assert.False(search.TryFind(less, 5, 1, out _, path));
            }

            if (hash[i] < 255)
            {
                byte[] more = [.. hash];
                more[i]++;
                Assert.True(search.TryFind(more, 5, 1, out _, path));
            }
        }
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void TryFind_LastNonces_EndsWithThem(CryptoPath path)
    {
        byte[] easiest = [.. Enumerable.Repeat((byte)255, 32)];
        byte[] impossible = new byte[32];
        foreach (int size in (int[])[4, 8])
        {
            var search = new NonceSearch(Genesis, HeaderSize - size, size);
            Assert.True(search.TryFind(easiest, search.MaxNonce, 1, out ulong nonce, path));
            Assert.Equal(search.MaxNonce, nonce);
            Assert.False(search.TryFind(impossible, search.MaxNonce - 17, 18, out _, path));
            Assert.Throws<ArgumentOutOfRangeException>(() => search.TryFind(impossible, search.MaxNonce, 2, out _, path));
        }
    }

    [Fact]
    public void Constructor_NonceOutsideOrFarFromTheEnd_IsTheCallersFault()
    {
        Assert.Throws<ArgumentException>(() => new NonceSearch(Genesis, 0, 4 - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NonceSearch(Genesis, -1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NonceSearch(Genesis, 77, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NonceSearch(new byte[3], 0, 4));
        Assert.Throws<ArgumentException>(() => new NonceSearch(new byte[120], 0, 4));
        Assert.NotNull(new NonceSearch(new byte[119], 0, 4));
        var search = new NonceSearch(Genesis, NonceOffset, 4);
        Assert.Throws<ArgumentException>(() => search.TryFind(new byte[31], 0, 1, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => search.TryFind(new byte[32], 1UL << 32, 1, out _));
    }

    private static ulong? OneByOne(byte[] message, int offset, int size, byte[] target, ulong first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            byte[] copy = [.. message];
            BitConverter.GetBytes(first + (ulong)i).AsSpan(0, size).CopyTo(copy.AsSpan(offset));
            Hash256 hash = Sha256.HashTwice(copy);
            if (Reversed(hash.ToArray()) <= Reversed(target))
            {
                return first + (ulong)i;
            }
        }

        return null;
    }

    private static Hash256 Reversed(byte[] littleEndian) => new([.. littleEndian.AsEnumerable().Reverse()]);
}
