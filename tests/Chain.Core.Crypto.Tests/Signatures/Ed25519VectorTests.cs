using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Paths;

namespace Chain.Core.Crypto.Tests.Signatures;

/// <summary>Published vectors, on every path. Their counts are printed.</summary>
public sealed class Ed25519VectorTests(ITestOutputHelper output)
{
    [VectorFact("sig-ed25519/djb_sign_input_1024.txt")]
    public void Bernstein1024_AllSignaturesVerifyAndSigningAgrees()
    {
        var cases = new List<(SignatureClaim, bool)>();
        foreach (string line in File.ReadLines(Vectors.PathOf("sig-ed25519/djb_sign_input_1024.txt")))
        {
            string[] fields = line.Split(':');
            cases.Add((Claim(fields[1], fields[2], fields[3][..128]), true));
            using var key = new Ed25519PrivateKey(Convert.FromHexString(fields[0][..64]));
            Assert.Equal(fields[3][..128], Convert.ToHexStringLower(key.Sign(Convert.FromHexString(fields[2]))));
        }

        Run(cases, 1024);
    }

    /// <summary>The twelve cases of "Taming the many EdDSAs"; ZIP-215 accepts all but those with S ≥ L or a failing equation.</summary>
    [VectorFact("sig-ed25519/speccheck_12cases.json")]
    public void Speccheck_Zip215Column_Matches()
    {
        bool[] expected = [true, true, true, true, true, true, false, false, false, true, true, true];
        using JsonDocument document = Read("sig-ed25519/speccheck_12cases.json");
        List<(SignatureClaim, bool)> cases = document.RootElement.EnumerateArray()
            .Select((c, i) => (Claim(Text(c, "pub_key"), Text(c, "message"), Text(c, "signature")), expected[i]))
            .ToList();

        Run(cases, 12);
    }

    /// <summary>All but one: test 151 spells R as −0, which RFC 8032 refuses and ZIP-215 takes.</summary>
    [VectorFact("sig-ed25519/wycheproof_ed25519_test.json")]
    public void Wycheproof_AllVerdictsMatch()
    {
        using JsonDocument document = Read("sig-ed25519/wycheproof_ed25519_test.json");
        var cases = new List<(SignatureClaim, bool)>();
        foreach (JsonElement group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            string key = Text(group.GetProperty("publicKey"), "pk");
            cases.AddRange(group.GetProperty("tests").EnumerateArray()
                .Select(t => (Claim(key, Text(t, "msg"), Text(t, "sig")), IsValid(t))));
        }

        Run(cases, 151);

        static bool IsValid(JsonElement test) =>
            Text(test, "result") == "valid" || test.GetProperty("tcId").GetInt32() == 151;
    }

    [VectorFact("sig-ed25519/zip215_noble.json")]
    public void Zip215_SmallOrderPairs_Match()
    {
        using JsonDocument document = Read("sig-ed25519/zip215_noble.json");
        string message = Convert.ToHexString("Zcash"u8);
        List<(SignatureClaim, bool)> cases = document.RootElement.EnumerateArray()
            .Select(c => (Claim(Text(c, "vk_bytes"), message, Text(c, "sig_bytes")), c.GetProperty("valid_zip215").GetBoolean()))
            .ToList();

        Run(cases, 196);
    }

    [VectorFact("fresh/ed25519.json")]
    public void Fresh_AllVerdictsMatch()
    {
        using JsonDocument document = Read("fresh/ed25519.json");
        List<(SignatureClaim, bool)> cases = document.RootElement.GetProperty("cases").EnumerateArray()
            .Select(c => (Claim(Text(c, "pk"), Text(c, "msg"), Text(c, "sig")), c.GetProperty("valid_zip215").GetBoolean()))
            .ToList();

        Run(cases, 30);
    }

    private static JsonDocument Read(string path) => JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf(path)));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private void Run(List<(SignatureClaim, bool)> cases, int count)
    {
        Assert.Equal(count, cases.Count);
        Expect(cases);
        output.WriteLine($"{cases.Count} cases on {string.Join(", ", Supported)}");
    }
}
