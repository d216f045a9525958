using System.Text.Json;
using Chain.Core.Testing;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;
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
        Assert.Equal(64, length);
    }

    /// <summary>Short ids of BIP-152: the first six bytes under a key from header and nonce.</summary>
    [VectorFact("fresh/bip152_short_ids.json")]
    public void Hash_ShortIdsOfBip152_Match()
    {
        using JsonDocument file = VectorJson.Open("fresh/bip152_short_ids.json");
        int count = 0;
        foreach (JsonElement test in VectorJson.Cases(file))
        {
            Hash256 key = Sha256.Hash([.. test.Hex("header"), .. test.Hex("nonce_le")]);
            ulong id = new SipHash24(Hash256.AsSpan(in key)[..SipHash24.KeySize]).Hash(test.Hex("txid_internal"));
            Assert.Equal(test.Text("short_id_6bytes_le"), Convert.ToHexStringLower(BitConverter.GetBytes(id).AsSpan(0, 6)));
            count++;
        }

        Assert.Equal(4, count);
        output.WriteLine($"fresh/bip152_short_ids.json: {count} ids");
    }

    [Fact]
    public void Hash_LongMessage_CountsItsLengthModulo256()
    {
        var hash = new SipHash24(Key);
        Assert.NotEqual(hash.Hash(new byte[256]), hash.Hash(new byte[512]));
        Assert.NotEqual(hash.Hash(new byte[7]), hash.Hash(new byte[6]));
    }

    [Fact]
    public void Hash_RandomKeysAndMessages_IsThatOfBouncyCastle()
    {
        var random = new Random(24);
        byte[] key = new byte[SipHash24.KeySize];
        for (int i = 0; i < 2000; i++)
        {
            byte[] message = new byte[i % 300];
            random.NextBytes(key);
            random.NextBytes(message);
            var peer = new SipHash(2, 4);
            peer.Init(new KeyParameter(key));
            peer.BlockUpdate(message, 0, message.Length);
            Assert.Equal(unchecked((ulong)peer.DoFinal()), new SipHash24(key).Hash(message));
        }
    }

    [Fact]
    public void Constructor_WrongKeyLength_IsTheCallersFault()
    {
        Assert.Throws<ArgumentException>(() => new SipHash24(new byte[15]));
        Assert.Throws<ArgumentException>(() => new SipHash24(new byte[17]));
    }
}
