using System.Text;
using System.Text.Json;
using Chain.Core.Crypto;
using Chain.Core.Testing;

namespace Chain.Core.Conformance.Tests;

public sealed class AdapterTests
{
    private const string Abc = """{"id":1,"verb":"hash","alg":"sha256","msg":"616263"}""";
    private const string AbcAnswer = """{"id":1,"out":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}""";

    // RFC 8032, section 7.1, test 2.
    private const string Key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

    private const string Signature =
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    [Theory]
    [InlineData(Abc + "\n", AbcAnswer)]
    [InlineData(Abc, AbcAnswer)]
    [InlineData(Abc + "\r\n", AbcAnswer)]
    [InlineData("""{"verb":"hash","alg":"sha256","msg":"616263"}""", """{"id":null,"out":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}""")]
    [InlineData("""{"id":4,"verb":"hkdf","alg":"sha512","ikm":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b","salt":"000102030405060708090a0b0c","info":"f0f1f2f3f4f5f6f7f8f9","len":42}""", """{"id":4,"out":"832390086cda71fb47625bb5ceb168e4c8e26a1a16ed34d9fc7fe92c1481579338da362cb8d9f925d7cb"}""")]
    [InlineData("""{"id":"a","verb":"nothing"}""", """{"id":"a","error":"unsupported"}""")]
    [InlineData("""{"id":[1],"verb":"hash","alg":"md5","msg":""}""", """{"id":[1],"error":"unsupported"}""")]
    [InlineData("""{"id":2,"verb":"hmac","alg":"blake3","key":"","msg":""}""", """{"id":2,"error":"unsupported"}""")]
    [InlineData("""{"id":2,"verb":"hash","alg":"sha256","msg":"0"}""", """{"id":2,"error":"invalid","why":"msg is not in hexadecimal digits"}""")]
    [InlineData("""{"id":2,"verb":"hash","alg":"sha256"}""", """{"id":2,"error":"invalid","why":"msg is missing"}""")]
    [InlineData("""{"id":2,"verb":"hash","alg":"sha256","msg":7}""", """{"id":2,"error":"invalid","why":"msg is no String"}""")]
    [InlineData("""{"id":2}""", """{"id":2,"error":"invalid","why":"verb is missing"}""")]
    [InlineData("[]", """{"id":null,"error":"invalid","why":"the line is no JSON object"}""")]
    [InlineData("{", """{"id":null,"error":"invalid","why":"the line is not JSON"}""")]
    [InlineData("\n", """{"id":null,"error":"invalid","why":"the line is not JSON"}""")]
    [InlineData("""{"id":3,"verb":"mnemonic.seed","mnemonic":"\ud800"}""", null)]
    [InlineData("""{"id":3,"verb":"siphash24","key":"00","msg":""}""", null)]
    [InlineData("""{"id":3,"verb":"argon2id","password":"","salt":"0000000000000000","t":1,"m_KiB":2147483647,"p":1,"dkLen":32}""", null)]
    [InlineData("""{"id":3,"verb":"scrypt","password":"","salt":"","N":1073741824,"r":8,"p":1,"dkLen":32}""", null)]
    [InlineData("""{"id":3,"verb":"scrypt","password":"","salt":"","N":16,"r":8,"p":1,"dkLen":99999999999}""", null)]
    [InlineData("""{"id":3,"verb":"hkdf","alg":"sha256","ikm":"","len":8161}""", null)]
    [InlineData("""{"id":3,"verb":"x25519","priv":"0000000000000000000000000000000000000000000000000000000000000001","pub":"0000000000000000000000000000000000000000000000000000000000000000"}""", null)]
    [InlineData("""{"id":3,"verb":"bip32.derive","seed":"000102030405060708090a0b0c0d0e0f","chain":"m/x"}""", null)]
    [InlineData("""{"id":3,"verb":"slip10.derive","seed":"000102030405060708090a0b0c0d0e0f","chain":"m/0","curve":"ed25519"}""", null)]
    [InlineData("""{"id":3,"verb":"tx.decode","bytes":"c0"}""", """{"id":3,"error":"invalid","why":"WrongType"}""")]
    [InlineData("""{"id":3,"verb":"block.decode","bytes":""}""", """{"id":3,"error":"invalid","why":"Truncated"}""")]
    public void Run_OneLine_IsAnsweredWithOne(string line, string? expected)
    {
        string answer = Replay.Run(line);

        Assert.EndsWith("\n", answer, StringComparison.Ordinal);
        if (expected is not null)
        {
            Assert.Equal(expected + "\n", answer);
            return;
        }

        using JsonDocument json = JsonDocument.Parse(answer);
        Assert.Equal(3, json.RootElement.GetProperty("id").GetInt32());
        Assert.Equal("invalid", json.RootElement.GetProperty("error").GetString());
        Assert.NotEmpty(json.RootElement.GetProperty("why").GetString()!);
    }

    [Theory]
    [InlineData(Key, "72", Signature, true)]
    [InlineData(Key, "73", Signature, false)]
    [InlineData(Key, "72", "", false)]
    [InlineData(Key, "72", "no hex", false)]
    [InlineData("3d40", "72", Signature, false)]
    [InlineData(Key, "7", Signature, false)]
    public void Run_Verdict_IsFalseForMalformedBytes(string key, string message, string signature, bool expected)
    {
        string line = $$"""{"id":1,"verb":"ed25519.verify","pk":"{{key}}","msg":"{{message}}","sig":"{{signature}}"}""";
        string answer = $$"""{"id":1,"ok":{{(expected ? "true" : "false")}}}""" + "\n";

        Assert.Equal(answer, Replay.Run(line));
        Assert.Equal(answer, Replay.Run(line, new AdapterOptions(IsBatch: true)));
    }

    [Fact]
    public void Run_BatchOfManyKinds_KeepsTheOrder()
    {
        var lines = new StringBuilder();
        var expected = new StringBuilder();
        for (int i = 0; i < 700; i++)
        {
            bool isGood = i % 3 != 0;
            string verify = $$"""{"id":{{i}},"verb":"ed25519.verify","pk":"{{Key}}","msg":"{{(isGood ? "72" : "")}}","sig":"{{Signature}}"}""";
            lines.Append(i % 101 == 100 ? Abc : verify).Append('\n');
            expected.Append(i % 101 == 100 ? AbcAnswer : $$"""{"id":{{i}},"ok":{{(isGood ? "true" : "false")}}}""").Append('\n');
        }

        Assert.Equal(expected.ToString(), Replay.Run(lines.ToString(), new AdapterOptions(IsBatch: true)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_CallerWhoWaits_GetsAnAnswerBeforeTheNextRequest(bool isBatch)
    {
        string verify = $$"""{"id":1,"verb":"ed25519.verify","pk":"{{Key}}","msg":"72","sig":"{{Signature}}"}""";
        using var caller = new WaitingCaller([verify, verify, Abc, verify]);

        new Adapter(new AdapterOptions(isBatch)).Run(caller, caller.Answers);

        Assert.Equal(["""{"id":1,"ok":true}""", """{"id":1,"ok":true}""", AbcAnswer, """{"id":1,"ok":true}"""], caller.AnswerLines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_ManyLines_KeepsNothing(bool isBatch)
    {
        int count = LongRun.Count(ordinary: 20_000, perFactor: 1_000_000);
        string message = new('7', 4000); // were they kept, these lines would take 80 MB
        string verify = $$"""{"id":1,"verb":"ed25519.verify","pk":"{{Key}}","msg":"{{message}}","sig":"00"}""";
        using var input = new RepeatedLine(verify, count);
        using var output = new LineCounter();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var adapter = new Adapter(new AdapterOptions(isBatch));

        adapter.Run(input, output);

        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(adapter);
        Assert.Equal(count, output.Count);
        Assert.InRange(kept, long.MinValue, 32 << 20);
    }

    [Fact]
    public void Run_LineBeyondTheLimit_IsRefusedAndTheNextIsAnswered()
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 100_000) + "\n" + Abc + "\n"));
        var reader = new LineReader(input, maxLength: 70_000);

        Assert.True(reader.TryRead(out ReadOnlyMemory<byte> line));
        Assert.True(line.IsEmpty);
        Assert.True(reader.TryRead(out line));
        Assert.Equal(Abc, Encoding.UTF8.GetString(line.Span));
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void Run_TextBeyondAsciiWithoutUnicodeData_IsUnsupported()
    {
        // These tests run with InvariantGlobalization; the adapter itself does not.
        string answer = Replay.Run("{\"id\":1,\"verb\":\"mnemonic.seed\",\"mnemonic\":\"caf\u00e9\"}");

        Assert.Equal("""{"id":1,"error":"unsupported"}""" + "\n", answer);
    }

    [Theory]
    [InlineData("00", true)]
    [InlineData("c0", false)]
    [InlineData("", false)]
    [InlineData("0000", false)]
    [InlineData("cc7f", false)]
    [InlineData("cc80", true)]
    [InlineData("cd0080", false)]
    [InlineData("ff", false)]
    [InlineData("80", false)]
    [InlineData("ca00000000", false)]
    [InlineData("90", true)]
    [InlineData("9201", false)]
    [InlineData("93019202c3c400", true)]
    [InlineData("919191919190", true)]
    [InlineData("a161", true)]
    [InlineData("d90161", false)]
    [InlineData("a1ff", false)]
    [InlineData("c40100", true)]
    [InlineData("c5000100", false)]
    [InlineData("ddffffffff", false)]
    [InlineData("xx", false)]
    public void Run_WireCanonical_KnowsTheOneSpelling(string bytes, bool expected) => Assert.Equal(
        $$"""{"id":1,"ok":{{(expected ? "true" : "false")}}}""" + "\n",
        Replay.Run($$"""{"id":1,"verb":"wire.canonical","bytes":"{{bytes}}"}"""));

    [Fact]
    public void Run_MountainProofs_AreThoseOfTheRange()
    {
        byte[][] leaves = [.. Enumerable.Range(0, 11).Select(i => new byte[] { (byte)i, 1 })];
        var range = new MerkleMountainRange([.. leaves.Select(leaf => MerkleTree.LeafHash(leaf))]);
        string root = Convert.ToHexStringLower(range.Root.ToArray());
        string list = string.Join(',', leaves.Select(leaf => $"\"{Convert.ToHexStringLower(leaf)}\""));
        var lines = new StringBuilder($$"""{"id":1,"verb":"mmr.root","leaves":[{{list}}]}""").Append('\n');
        for (int i = 0; i < leaves.Length; i++)
        {
            string proof = string.Join(',', range.InclusionProof((ulong)i).Select(hash => $"\"{Convert.ToHexStringLower(hash.ToArray())}\""));
            foreach (int index in (int[])[i, (i + 1) % leaves.Length])
            {
                lines.Append($$"""{"id":1,"verb":"mmr.verify","root":"{{root}}","size":11,"index":{{index}},"leaf":"{{Convert.ToHexStringLower(leaves[i])}}","proof":[{{proof}}]}""").Append('\n');
            }
        }

        string[] answers = Replay.Run(lines.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(23, answers.Length);
        Assert.Equal($$"""{"id":1,"out":"{{root}}"}""", answers[0]);
        Assert.All(answers.Skip(1).Chunk(2), pair => Assert.Equal(["""{"id":1,"ok":true}""", """{"id":1,"ok":false}"""], pair));
    }

    [Theory]
    [InlineData(new[] { "--batch", "--path", "portable" }, true)]
    [InlineData(new string[0], true)]
    [InlineData(new[] { "--path" }, false)]
    [InlineData(new[] { "--path", "neon" }, false)]
    [InlineData(new[] { "--fast" }, false)]
    public void TryParse_CommandLine_IsReadOrExplained(string[] arguments, bool expected)
    {
        Assert.Equal(expected, AdapterOptions.TryParse(arguments, out AdapterOptions? options, out string? reason));
        Assert.Equal(expected, options is not null);
        Assert.Equal(expected, reason is null);
    }
}
