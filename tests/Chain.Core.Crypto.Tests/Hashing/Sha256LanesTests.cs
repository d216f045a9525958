using System.Numerics;
using System.Security.Cryptography;

namespace Chain.Core.Crypto.Tests.Hashing;

/// <summary>Each kind of lanes by itself: the public calls choose the platform's SHA-256 where that is cheaper.</summary>
public sealed unsafe class Sha256LanesTests
{
    private static readonly byte[] Bytes = MakeBytes(300 * 40);

    [Fact]
    public void Scalar_EveryUse_EqualsTheBcl() => Check<Sha256Scalar>();

    [Fact]
    public void Vector128_EveryUse_EqualsTheBcl() => Check<Sha256Vector128>();

    [PathFact(CryptoPath.Avx2)]
    public void Avx2_EveryUse_EqualsTheBcl() => Check<Sha256Avx2>();

    [PathFact(CryptoPath.Avx512)]
    public void Avx512_EveryUse_EqualsTheBcl() => Check<Sha256Avx512>();

    [Theory]
    [InlineData(16, 1, true)]
    [InlineData(16, 100, true)]
    [InlineData(2, 2, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 2, false)]
    [InlineData(2, 100, false)]
    [InlineData(4, 9, false)]
    [InlineData(1, int.MaxValue, false)]
    public void Pays_FewOrLongMessages_GoOneByOne(int messages, int blocks, bool expected) =>
        Assert.Equal(expected, LaneCost.Pays(messages, blocks));

    private static void Check<TLanes>()
        where TLanes : struct, ISha256Lanes
    {
        for (int length = 0; length <= 300; length++)
        {
            Hash256[] expected = [.. Enumerable.Range(0, 40).Select(i => Bcl(Bytes.AsSpan(i * length, length)))];
            foreach (int count in (int[])[0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 40])
            {
                Assert.Equal(expected[..count], Hash<TLanes>(length, count));
            }
        }

        for (int count = 0; count <= 40; count++)
        {
            Assert.Equal(
                Enumerable.Range(0, count).Select(i => Bcl([1, .. Bytes[(64 * i)..(64 * (i + 1))]])),
                HashPairs<TLanes>(count));
        }

        CheckNonces<TLanes>();
    }

    private static Hash256[] Hash<TLanes>(int length, int count)
        where TLanes : struct, ISha256Lanes
    {
        var digests = new Hash256[count];
        fixed (byte* messages = Bytes)
        fixed (Hash256* digest = digests)
        {
            Sha256Lanes<TLanes>.Hash(Sha256Midstate.Initial, messages, length, count, (byte*)digest);
        }

        return digests;
    }

    private static Hash256[] HashPairs<TLanes>(int count)
        where TLanes : struct, ISha256Lanes
    {
        var digests = new Hash256[count];
        fixed (byte* pairs = Bytes)
        fixed (Hash256* digest = digests)
        {
            Sha256Lanes<TLanes>.HashPairs(1, pairs, count, (byte*)digest);
        }

        return digests;
    }

    private static void CheckNonces<TLanes>()
        where TLanes : struct, ISha256Lanes
    {
        byte[] header = Bytes[..80];
        var search = new NonceSearch(header, 71, sizeof(ulong));
        byte[][] hashes = [.. Enumerable.Range(0, 80).Select(nonce =>
        {
            BitConverter.GetBytes((ulong)nonce).CopyTo(header, 71);
            return SHA256.HashData(SHA256.HashData(header));
        })];
        BigInteger[] numbers = [.. hashes.Select(hash => new BigInteger(hash, isUnsigned: true))];
        for (int sought = 0; sought < numbers.Length; sought++)
        {
            int first = Math.Max(0, sought - 20);
            int lowest = Array.FindIndex(numbers, first, number => number <= numbers[sought]);
            uint[] limit = [.. Enumerable.Range(0, 8).Select(i => BitConverter.ToUInt32(hashes[sought], 4 * i))];
            Assert.True(NonceLanes<TLanes>.TryFind(search, limit, (ulong)first, 21, out ulong nonce));
            Assert.Equal((ulong)lowest, nonce);
        }
    }

    private static Hash256 Bcl(ReadOnlySpan<byte> message) => new(SHA256.HashData(message));

    private static byte[] MakeBytes(int length)
    {
        var bytes = new byte[length];
        new Random(512).NextBytes(bytes);
        return bytes;
    }
}
