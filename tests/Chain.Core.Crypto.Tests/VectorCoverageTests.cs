using System.Reflection;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests;

/// <summary>Which test runs which file of published vectors, and that none of this layer is forgotten.</summary>
public sealed class VectorCoverageTests(ITestOutputHelper output)
{
    /// <summary>Folders of the vectors that are this layer's throughout.</summary>
    private static readonly string[] Folders =
        ["aead", "dh", "group", "hash", "keys", "mac-kdf", "noise", "sig-ed25519", "sig-pq", "sig-secp256k1", "vrf"];

    /// <summary>Files of the mixed folders that are this layer's.</summary>
    private static readonly string[] Files =
    [
        "fresh/aead.json", "fresh/argon2id_scrypt.json", "fresh/bip152_short_ids.json", "fresh/ecdsa_secp256k1.json", "fresh/ecvrf_rfc9381.json",
        "fresh/ed25519.json", "fresh/hashes.json", "fresh/hkdf_hmac.json", "fresh/noise.json", "fresh/ristretto255.json",
        "fresh/schnorr_bip340.json", "fresh/x25519.json", "light/rfc6962_consistency_proofs.json", "light/rfc6962_inclusion_proofs.json",
    ];

    [VectorFact("hash")]
    public void EveryFileOfThisLayer_IsRunByATest()
    {
        ILookup<string, string> tests = typeof(VectorCoverageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<VectorFactAttribute>(), (method, fact) => (fact.RelativePath, Test: $"{method.DeclaringType!.Name}.{method.Name}"))
            .ToLookup(pair => pair.RelativePath, pair => pair.Test);
        string[] files = [.. Folders.SelectMany(FilesIn).Concat(Files).Order(StringComparer.Ordinal)];
        foreach (string file in files)
        {
            output.WriteLine($"{file}: {string.Join(", ", tests[file])}");
        }

        Assert.Equal([], files.Where(file => !tests.Contains(file)));
        output.WriteLine($"{files.Length} files");
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(Vectors.PathOf(folder)).Select(path => $"{folder}/{Path.GetFileName(path)}");
}
