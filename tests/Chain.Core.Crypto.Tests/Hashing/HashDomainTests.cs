using System.Security.Cryptography;
using System.Text;

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

    [Fact]
    public void Hash_OtherTag_Differs() =>
        Assert.NotEqual(new HashDomain("a").Hash(Bytes), new HashDomain("b").Hash(Bytes));

    [Fact]
    public void Constructor_NoTag_IsTheCallersFault() => Assert.Throws<ArgumentException>(() => new HashDomain(""));

    private static Hash256 Tagged(string tag, byte[] message)
    {
        byte[] tagHash = SHA256.HashData(Encoding.UTF8.GetBytes(tag));
        return new Hash256(SHA256.HashData([.. tagHash, .. tagHash, .. message]));
    }
}
