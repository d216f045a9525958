using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Hashing;

public sealed class HashVectorTests(ITestOutputHelper output)
{
    private const string Sha256File = "hash/nist_SHA256ShortMsg.rsp";
    private const string Sha512File = "hash/nist_SHA512ShortMsg.rsp";
    private const string Sha3File = "hash/nist_SHA3_256ShortMsg.rsp";
    private const string Blake3File = "hash/blake3_test_vectors.json";
    private const string OthersFile = "fresh/hashes.json";

    [VectorFact(Sha256File)]
    public void Sha256_NistMessages_MatchOnEveryPath() => RunNist(Sha256File, 65, message =>
    {
        Hash256 digest = Sha256.Hash(message);
        foreach (CryptoPath path in Enum.GetValues<CryptoPath>().Where(path => path.IsSupported()))
        {
            var digests = new Hash256[17];
            Sha256.HashMany([.. Enumerable.Repeat(message, 17).SelectMany(bytes => bytes)], message.Length, digests, path);
            Assert.All(digests, each => Assert.Equal(digest, each));
        }

        return digest.ToString();
    });

    [VectorFact(Sha512File)]
    public void Sha512_NistMessages_Match() =>
        RunNist(Sha512File, 129, message => Convert.ToHexStringLower(Sha512.Hash(message)));

    [VectorFact(Sha3File)]
    public void Sha3_NistMessages_Match() => RunNist(Sha3File, 137, message => Sha3.Hash(message).ToString());

    [VectorFact(Blake3File)]
    public void Blake3_PublishedVectors_Match()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf(Blake3File)));
        int count = 0;
        foreach (JsonElement probe in vectors.RootElement.GetProperty("cases").EnumerateArray())
        {
            byte[] message = [.. Enumerable.Range(0, probe.GetProperty("input_len").GetInt32()).Select(i => (byte)(i % 251))];
            Assert.Equal(probe.GetProperty("hash").GetString()![..64], Blake3.Hash(message).ToString());
            count++;
        }

        output.WriteLine($"{Blake3File}: {count} messages");
        Assert.Equal(35, count);
    }

    [VectorFact(OthersFile)]
    public void Hashes_IndependentLibrary_Match()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf(OthersFile)));
        int count = 0;
        foreach (JsonElement probe in vectors.RootElement.GetProperty("cases").EnumerateArray())
        {
            byte[] message = Convert.FromHexString(probe.GetProperty("msg").GetString()!);
            void Match(string name, Hash256 digest) => Assert.Equal(probe.GetProperty(name).GetString(), digest.ToString());

            Match("sha256", Sha256.Hash(message));
            Match("sha256d", Sha256.HashTwice(message));
            Match("sha3_256", Sha3.Hash(message));
            Match("keccak256", Keccak256.Hash(message));
            Match("blake2b256", Blake2b.Hash(message));
            Match("blake2s", Blake2s.Hash(message));
            Match("blake3", Blake3.Hash(message));
            Assert.Equal(probe.GetProperty("sha512").GetString(), Convert.ToHexStringLower(Sha512.Hash(message)));
            count++;
        }

        output.WriteLine($"{OthersFile}: {count} messages");
        Assert.Equal(10, count);
    }

    private void RunNist(string file, int expected, Func<byte[], string> hash)
    {
        int count = 0;
        int length = 0;
        byte[] message = [];
        foreach (string line in File.ReadLines(Vectors.PathOf(file)))
        {
            string[] parts = line.Split(" = ");
            switch (parts[0])
            {
                case "Len":
                    length = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) / 8;
                    break;
                case "Msg":
                    message = Convert.FromHexString(parts[1])[..length];
                    break;
                case "MD":
                    Assert.Equal(parts[1], hash(message));
                    count++;
                    break;
            }
        }

        output.WriteLine($"{file}: {count} messages");
        Assert.Equal(expected, count);
    }
}
