using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Hashing;

public sealed class SipHash24Tests(ITestOutputHelper output)
{
    private const string VectorFile = "hash/siphash24_64_vectors.json";

    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    [Fact] // Aumasson and Bernstein, appendix A
    public void Hash_ExampleOfThePaper_Matches()
    {
        byte[] message = [.. Enumerable.Range(0, 15).Select(i => (byte)i)];
        Assert.Equal(0xa129ca6149be45e5, new SipHash24(Key).Hash(message));
        Assert.Equal(0xa129ca6149be45e5, new SipHash24(0x0706050403020100, 0x0f0e0d0c0b0a0908).Hash(message));
    }

    [VectorFact(VectorFile)]
    public void Hash_PublishedVectors_Match()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf(VectorFile)));
        var hash = new SipHash24(Convert.FromHexString(vectors.RootElement.GetProperty("key").GetString()!));
        int length = 0;
        foreach (JsonElement expected in vectors.RootElement.GetProperty("sip64_output_bytes_le").EnumerateArray())
        {
            byte[] message = [.. Enumerable.Range(0, length++).Select(i => (byte)i)];
            Assert.Equal(expected.GetString(), Convert.ToHexStringLower(BitConverter.GetBytes(hash.Hash(message))));
        }

        output.WriteLine($"{VectorFile}: {length} messages");
        Assert.InRange(length, 64, int.MaxValue);
    }

    [Fact]
    public void Hash_LongMessage_CountsItsLengthModulo256()
    {
        var hash = new SipHash24(Key);
        Assert.NotEqual(hash.Hash(new byte[256]), hash.Hash(new byte[512]));
        Assert.NotEqual(hash.Hash(new byte[7]), hash.Hash(new byte[6]));
    }

    [Fact]
    public void Constructor_WrongKeyLength_IsTheCallersFault()
    {
        Assert.Throws<ArgumentException>(() => new SipHash24(new byte[15]));
        Assert.Throws<ArgumentException>(() => new SipHash24(new byte[17]));
    }
}
