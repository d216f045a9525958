using System.Text;
using System.Text.Json;
using Chain.Core.Testing;
using CsCheck;

namespace Chain.Core.Conformance.Tests;

public sealed class HostileRequestTests
{
    [VectorFact("fresh")]
    public void Run_ChangedRequests_AreAllAnswered()
    {
        // What costs a password is bounded, but not small.
        string[] lines = [.. VectorReplay.AllLines().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains("dkLen", StringComparison.Ordinal) && line.Length < 2000)];
        Gen.Select(Gen.Int[0, lines.Length - 1], Gen.Int[0, 5], Gen.Int[0, 1 << 30], Gen.Byte).Sample(
            (line, kind, at, value) => AssertAnswered(Change(Encoding.UTF8.GetBytes(lines[line]), kind, at, value)),
            iter: LongRun.Count(2_000, 200_000),
            threads: 1);
    }

    [Fact]
    public void Run_AnyBytes_AreAllAnswered() =>
        Gen.Byte.Array[0, 200].Sample(AssertAnswered, iter: LongRun.Count(1_000, 100_000), threads: 1);

    [Fact]
    public void Run_EveryVerbWithoutOrWithWrongFields_IsAnswered()
    {
        string[] fields = ["", ""","alg":"sha256","msg":null""", ""","pk":[],"sig":{},"msg":1e9""", ""","seed":"","chain":"","proof":{},"leaves":[1]"""];
        string[] names = [.. new VerbTable(Crypto.CryptoPath.Auto).Names];

        Assert.InRange(names.Length, 22, 100);
        foreach (string name in names)
        {
            foreach (string field in fields)
            {
                string answer = Replay.Run($$"""{"id":1,"verb":"{{name}}"{{field}}}""");
                Assert.StartsWith("{\"id\":1,\"error\":\"", answer, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"verb\"")]
    [InlineData("[[[[{}]]]]")]
    [InlineData("{\"verb\":{\"verb\":\"hash\"}}")]
    [InlineData("{\"verb\":\"hash\",\"verb\":\"nothing\",\"alg\":\"sha256\",\"alg\":\"md5\",\"msg\":\"0\",\"msg\":\"00\"}")]
    [InlineData("{\"id\":1e999,\"verb\":\"mmr.verify\",\"size\":18446744073709551616,\"index\":-1}")]
    [InlineData("{\"id\":{\"deep\":[1,2,{}]},\"verb\":\"merkle.inclusion\",\"treeSize\":1e3,\"leafIdx\":0.5}")]
    [InlineData("{\"id\":\"\\ud800\",\"verb\":\"\\ud800\"}")]
    [InlineData("{\"verb\":\"bitcoin.headers\",\"start_height\":18446744073709551615,\"headers\":[\"\"]}")]
    [InlineData("{\"verb\":\"bitcoin.headers\",\"context\":7,\"headers\":\"00\"}")]
    [InlineData("{\"verb\":\"noise.run\",\"protocol_name\":\"Noise_NNpsk0_25519_ChaChaPoly_BLAKE2s\",\"payloads\":[]}")]
    [InlineData("{\"verb\":\"noise.run\",\"protocol_name\":\"Noise_NNpsk0_25519_ChaChaPoly_BLAKE2s\",\"psks\":[\"00\"],\"init_ephemeral\":\"00\",\"payloads\":[]}")]
    [InlineData("{\"verb\":\"argon2id\",\"password\":\"\",\"salt\":\"\",\"t\":0,\"m_KiB\":0,\"p\":0,\"dkLen\":0}")]
    [InlineData("{\"verb\":\"hash\",\"alg\":\"sha256\",\"msg\":\"\u00e9\u00e9\"}")]
    public void Run_OddJson_IsAnswered(string line) => AssertAnswered(Encoding.UTF8.GetBytes(line));

    [Theory]
    [InlineData("ed25519.verify")]
    [InlineData("ecdsa.verify")]
    [InlineData("schnorr.verify")]
    [InlineData("mldsa65.verify")]
    [InlineData("vrf.verify")]
    public void Run_VerdictOnMalformedBytes_IsFalse(string verb)
    {
        foreach (string bytes in (string[])["", "0", "zz", "00", new string('f', 20_000)])
        {
            string line = $$"""{"id":1,"verb":"{{verb}}","suite":"TAI","pk":"{{bytes}}","msg":"{{bytes}}","hash":"{{bytes}}","alpha":"{{bytes}}","ctx":"{{bytes}}","sig":"{{bytes}}","sig_compact":"{{bytes}}","pi":"{{bytes}}"}""";
            foreach (bool isBatch in (bool[])[false, true])
            {
                Assert.Equal("{\"id\":1,\"ok\":false}\n", Replay.Run(line, new AdapterOptions(isBatch)));
            }
        }
    }

    private static byte[] Change(byte[] line, int kind, int at, byte value)
    {
        int index = at % line.Length;
        return kind switch
        {
            0 => line[..index],
            1 => [.. line[..index], .. line[(index + 1)..]],
            2 => [.. line[..index], value, .. line[index..]],
            3 => [.. line[..index], (byte)"0123456789abcdef\"{}[]:,"[value % 23], .. line[(index + 1)..]],
            4 => [.. line[..index], .. line[(index / 2)..]],
            _ => [.. line[..index], value, .. line[(index + 1)..]],
        };
    }

    private static void AssertAnswered(byte[] requests)
    {
        using var input = new MemoryStream(requests);
        using var output = new MemoryStream();
        new Adapter(new AdapterOptions(IsBatch: requests.Length % 2 == 0)).Run(input, output);
        int expected = requests.AsSpan().Count((byte)'\n') + (requests.Length > 0 && requests[^1] != '\n' ? 1 : 0);
        string[] answers = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(expected, answers.Length);
        foreach (string answer in answers)
        {
            using JsonDocument json = JsonDocument.Parse(answer);
            Assert.True(json.RootElement.TryGetProperty("id", out _), answer);
            Assert.True(
                json.RootElement.TryGetProperty("ok", out _) || json.RootElement.TryGetProperty("out", out _)
                || json.RootElement.TryGetProperty("error", out _),
                answer);
        }
    }
}
