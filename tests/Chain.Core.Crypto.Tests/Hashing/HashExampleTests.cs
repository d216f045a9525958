using System.Text;

namespace Chain.Core.Crypto.Tests.Hashing;

/// <summary>The examples that stand in the specifications.</summary>
public sealed class HashExampleTests
{
    private const string LongExample =
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

    private static readonly byte[] Abc = "abc"u8.ToArray();

    [Fact] // FIPS 180-4, the example values for SHA-512
    public void Sha512_SpecificationExamples_Match()
    {
        const string OfAbc = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
        const string OfLong = "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
            + "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909";
        Assert.Equal(OfAbc, Convert.ToHexStringLower(Sha512.Hash(Abc)));
        var digest = new byte[Sha512.DigestSize];
        Sha512.Hash(Encoding.ASCII.GetBytes(LongExample), digest);
        Assert.Equal(OfLong, Convert.ToHexStringLower(digest));
        Assert.Throws<ArgumentException>(() => Sha512.Hash(Abc, new byte[63]));
    }

    [Fact] // FIPS 202, the example values for SHA3-256
    public void Sha3_SpecificationExamples_Match()
    {
        Assert.Equal("a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a", Sha3.Hash([]).ToString());
        Assert.Equal("3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532", Sha3.Hash(Abc).ToString());
    }

    [Fact] // The hash of nothing, which stands for empty code in Ethereum's yellow paper.
    public void Keccak256_Nothing_IsTheKnownValue() => Assert.Equal(
        "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", Keccak256.Hash([]).ToString());

    [Fact] // RFC 7693 appendix B
    public void Blake2s_SpecificationExample_Matches() => Assert.Equal(
        "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982", Blake2s.Hash(Abc).ToString());

    [Fact]
    public void Blake2b_Abc_IsTheKnownValue() => Assert.Equal(
        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319", Blake2b.Hash(Abc).ToString());

    [Fact] // The first of the reference implementation's vectors.
    public void Blake3_Nothing_IsTheKnownValue() => Assert.Equal(
        "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262", Blake3.Hash([]).ToString());
}
