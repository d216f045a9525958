using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Merkle;

public sealed class MerkleVectorTests(ITestOutputHelper output)
{
    private const string Inclusion = "light/rfc6962_inclusion_proofs.json";
    private const string Consistency = "light/rfc6962_consistency_proofs.json";

    [VectorFact(Inclusion)]
    public void VerifyInclusion_PublishedProofs_AsPublished() => RunAll(Inclusion, 49, probe =>
        TryHash(probe, "root", out Hash256 root)
        && TryHash(probe, "leafHash", out Hash256 leaf)
        && TryProof(probe, out Hash256[] proof)
        && MerkleTree.VerifyInclusion(
            root, probe.GetProperty("treeSize").GetUInt64(), probe.GetProperty("leafIdx").GetUInt64(), leaf, proof));

    [VectorFact(Consistency)]
    public void VerifyConsistency_PublishedProofs_AsPublished() => RunAll(Consistency, 43, probe =>
        TryHash(probe, "root1", out Hash256 older)
        && TryHash(probe, "root2", out Hash256 newer)
        && TryProof(probe, out Hash256[] proof)
        && MerkleTree.VerifyConsistency(
            probe.GetProperty("size1").GetUInt64(), older, probe.GetProperty("size2").GetUInt64(), newer, proof));

    private void RunAll(string file, int expected, Func<JsonElement, bool> verify)
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf(file)));
        int accepted = 0;
        foreach (JsonElement probe in vectors.RootElement.EnumerateArray())
        {
            bool isGood = !probe.GetProperty("wantErr").GetBoolean();
            Assert.True(isGood == verify(probe), probe.GetProperty("_path").GetString());
            accepted += isGood ? 1 : 0;
        }

        int count = vectors.RootElement.GetArrayLength();
        output.WriteLine($"{file}: {count} proofs, {accepted} to accept");
        Assert.InRange(count, expected, int.MaxValue);
        Assert.InRange(accepted, 1, count - 1);
    }

    private static bool TryHash(JsonElement probe, string name, out Hash256 hash) =>
        TryHash(probe.GetProperty(name), out hash);

    private static bool TryHash(JsonElement base64, out Hash256 hash)
    {
        byte[] bytes = base64.ValueKind == JsonValueKind.Null ? [] : base64.GetBytesFromBase64();
        hash = bytes.Length == Hash256.Size ? new Hash256(bytes) : default;
        return bytes.Length == Hash256.Size;
    }

    private static bool TryProof(JsonElement probe, out Hash256[] proof)
    {
        JsonElement hashes = probe.GetProperty("proof");
        proof = new Hash256[hashes.ValueKind == JsonValueKind.Null ? 0 : hashes.GetArrayLength()];
        for (int i = 0; i < proof.Length; i++)
        {
            if (!TryHash(hashes[i], out proof[i]))
            {
                return false;
            }
        }

        return true;
    }
}
