using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace Chain.Core.Crypto.Tests.Hashing;

public sealed class HashDomainTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 700).Select(i => (byte)(i % 251))];

    [Fact] // BIP-340: hash_tag(x) = SHA256(SHA256(tag) || SHA256(tag) || x)
    public void Hash_EveryLength_IsTheTaggedHash()
    {
        var domain = new HashDomain("chain-core/test/v1");
        for (int length = 0; length < Bytes.Length; length++)
        {
            Assert.Equal(Tagged("chain-core/test/v1", Bytes[..length]), domain.Hash(Bytes.AsSpan(0, length)));
            int cut = length / 3;
            Assert.Equal(domain.Hash(Bytes.AsSpan(0, length)), domain.Hash(Bytes.AsSpan(0, cut), Bytes.AsSpan(cut, length - cut)));
        }
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void HashMany_EveryPath_EqualsOneByOne(CryptoPath path)
    {
        var domain = new HashDomain("chain-core/test/v1");
        for (int length = 0; length <= 35; length++)
        {
            var digests = new Hash256[20];
            domain.HashMany(Bytes.AsSpan(0, 20 * length), length, digests, path);
            Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(domain.Hash(Bytes.AsSpan(i * length, length)), digests[i]));
        }
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void HashRanges_AnyLengths_EqualsOneByOne(CryptoPath path)
    {
        var domain = new HashDomain("chain-core/test/v1");
        byte[] bytes = [.. Bytes, .. Bytes, .. Bytes];
        Gen.Select(Gen.Int[0, bytes.Length], Gen.Int[0, 400], Gen.Bool).List[0, 120].Sample(
            picks =>
            {
                Range[] ranges =
                [
                    .. picks.Select(pick => Slice(
                        pick.Item1, Math.Min(pick.Item1 + (pick.Item3 ? pick.Item2 % 70 : 4 * pick.Item2), bytes.Length))),
                ];
                var digests = new Hash256[ranges.Length];
                domain.HashRanges(bytes, ranges, digests, path);
                Assert.Equal(ranges.Select(range => domain.Hash(bytes[range])), digests);
            },
            iter: 300,
            seed: "0000KYVJBb7v");
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void HashRanges_EveryLengthSixteenTimes_EqualsOneByOne(CryptoPath path)
    {
        var domain = new HashDomain("chain-core/test/v1");
        for (int length = 0; length <= 300; length++)
        {
            // Seven lengths beside each other, so that the lanes of a group differ.
            Range[] ranges = [.. Enumerable.Range(0, 16).Select(i => Slice(i, i + Math.Max(0, length - (i % 7))))];
            var digests = new Hash256[16];
            domain.HashRanges(Bytes, ranges, digests, path);
            Assert.Equal(ranges.Select(range => domain.Hash(Bytes[range])), digests);
        }
    }

    [Fact]
    public void HashRanges_OutsideTheBytesOrMiscounted_IsTheCallersFault()
    {
        var domain = new HashDomain("chain-core/test/v1");
        Assert.Throws<ArgumentOutOfRangeException>(() => domain.HashRanges(Bytes, [Slice(0, 701)], new Hash256[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => domain.HashRanges(Bytes, [Slice(5, 4)], new Hash256[1]));
        Assert.Throws<ArgumentException>(() => domain.HashRanges(Bytes, [Slice(4, 5)], new Hash256[2]));
    }

    [Fact]
    public void Hash_OtherTag_Differs() =>
        Assert.NotEqual(new HashDomain("a").Hash(Bytes), new HashDomain("b").Hash(Bytes));

    [Fact]
    public void Constructor_NoTag_IsTheCallersFault() => Assert.Throws<ArgumentException>(() => new HashDomain(""));

    private static Range Slice(int start, int end) => new(start, end);

    private static Hash256 Tagged(string tag, byte[] message)
    {
        byte[] tagHash = SHA256.HashData(Encoding.UTF8.GetBytes(tag));
        return new Hash256(SHA256.HashData([.. tagHash, .. tagHash, .. message]));
    }
}
