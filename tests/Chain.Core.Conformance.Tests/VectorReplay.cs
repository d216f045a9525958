using System.Text.Json.Nodes;
using Chain.Core.Crypto;
using Chain.Core.Testing;

namespace Chain.Core.Conformance.Tests;

/// <summary>Makes requests of the published vectors, each with what it must be answered.</summary>
internal static class VectorReplay
{
    private static readonly string[] HashNames = ["sha256", "sha256d", "sha512", "sha3_256", "keccak256", "blake3", "blake2b256", "blake2s"];

    /// <summary>How many requests each file gives.</summary>
    public static IReadOnlyDictionary<string, int> Counts { get; } = new Dictionary<string, int>
    {
        ["fresh/hashes.json"] = 80,
        ["fresh/hkdf_hmac.json"] = 18,
        ["fresh/argon2id_scrypt.json"] = 3,
        ["fresh/bip152_short_ids.json"] = 4,
        ["hash/siphash24_64_vectors.json"] = 64,
        ["fresh/aead.json"] = 16,
        ["fresh/x25519.json"] = 8,
        ["fresh/noise.json"] = 3,
        ["fresh/ed25519.json"] = 60,
        ["fresh/ecdsa_secp256k1.json"] = 40,
        ["fresh/schnorr_bip340.json"] = 24,
        ["sig-secp256k1/bip340_test-vectors.csv"] = 27,
        ["sig-ed25519/zip215_noble.json"] = 196,
        ["light/rfc6962_inclusion_proofs.json"] = 98,
        ["light/rfc6962_consistency_proofs.json"] = 43,
        ["keys/bip39_trezor_vectors.json"] = 24,
        ["keys/bip32_vectors.json"] = 17,
        ["keys/slip10_vectors.json"] = 52,
    };

    public static Replay Of(string file)
    {
        var replay = new Replay();
        switch (file)
        {
            case "fresh/hashes.json": Each(file, test => AddHashes(replay, test)); break;
            case "fresh/hkdf_hmac.json": Each(file, test => AddHkdf(replay, test)); break;
            case "fresh/argon2id_scrypt.json": Each(file, test => AddPassword(replay, test)); break;
            case "fresh/bip152_short_ids.json":
                Each(file, test => replay.Expect(
                    Replay.From(test, "shortid", "header", "nonce_le", "txid_internal"), "out", test["short_id_6bytes_le"]));
                break;
            case "hash/siphash24_64_vectors.json": AddSipHash(replay, file); break;
            case "fresh/aead.json": Each(file, test => AddAead(replay, test)); break;
            case "fresh/x25519.json":
                Each(file, test => replay.Expect(Replay.From(test, "x25519", "priv", "pub"), "out", test["shared"]));
                break;
            case "fresh/noise.json": Each(file, test => AddNoise(replay, test)); break;
            case "fresh/ed25519.json":
                Each(file, test => AddSignature(replay, test, "ed25519", "valid_zip215", "sig", "msg"));
                break;
            case "fresh/ecdsa_secp256k1.json":
                Each(file, test => AddSignature(replay, test, "ecdsa", "valid_lowS_required", "sig_compact", "hash"));
                break;
            case "fresh/schnorr_bip340.json":
                Each(file, test => AddSignature(replay, test, "schnorr", "valid", "sig", "msg", "aux"));
                break;
            case "sig-secp256k1/bip340_test-vectors.csv": AddBip340(replay, file); break;
            case "sig-ed25519/zip215_noble.json": AddZip215(replay, file); break;
            case "light/rfc6962_inclusion_proofs.json": AddInclusion(replay, file); break;
            case "light/rfc6962_consistency_proofs.json":
                AddProofs(replay, file, "merkle.consistency", "size1", "size2", "root1", "root2", "proof");
                break;
            case "keys/bip39_trezor_vectors.json": AddMnemonics(replay, file); break;
            case "keys/bip32_vectors.json": AddChains(replay, file, "bip32.derive", "ext pub", "ext prv"); break;
            case "keys/slip10_vectors.json":
                AddChains(replay, file, "slip10.derive", "fingerprint", "chain code", "private", "public");
                break;
            default: throw new ArgumentException(file);
        }

        return replay;
    }

    /// <summary>Every file that is there, in one.</summary>
    public static string AllLines() => string.Concat(
        Counts.Keys.Where(file => Vectors.ReasonToSkip(file) is null).Select(file => Of(file).Lines()));

    private static void Each(string file, Action<JsonObject> add) => Replay.Cases(file).ForEach(add);

    private static void AddHashes(Replay replay, JsonObject test)
    {
        foreach (string name in HashNames)
        {
            JsonObject request = Replay.From(test, "hash", "msg");
            request["alg"] = name;
            replay.Expect(request, "out", test[name]);
        }
    }

    private static void AddHkdf(Replay replay, JsonObject test)
    {
        JsonObject hkdf = Replay.From(test, "hkdf", "ikm", "salt", "info", "len");
        hkdf["alg"] = "sha256";
        replay.Expect(hkdf, "out", test["okm_sha256"]);
        foreach (string name in (string[])["sha256", "sha512"])
        {
            JsonObject hmac = Replay.From(test, "hmac", "key=ikm", "msg=info");
            hmac["alg"] = name;
            replay.Expect(hmac, "out", test[$"hmac_{name}"]);
        }
    }

    private static void AddPassword(Replay replay, JsonObject test)
    {
        string kind = (string)test["kind"]!;
        JsonObject request = kind == "scrypt"
            ? Replay.From(test, kind, "password", "salt", "N", "r", "p", "dkLen")
            : Replay.From(test, kind, "password", "salt", "t", "m_KiB", "p", "dkLen");
        replay.Expect(request, "out", test["out"]);
    }

    private static void AddSipHash(Replay replay, string file)
    {
        JsonObject root = Replay.Root(file).AsObject();
        int length = 0;
        foreach (JsonNode? digest in root["sip64_output_bytes_le"]!.AsArray())
        {
            byte[] message = [.. Enumerable.Range(0, length++).Select(i => (byte)i)];
            replay.Expect(
                new JsonObject
                {
                    ["verb"] = "siphash24",
                    ["key"] = "000102030405060708090a0b0c0d0e0f",
                    ["msg"] = Convert.ToHexStringLower(message),
                },
                "out",
                digest);
        }
    }

    private static void AddAead(Replay replay, JsonObject test)
    {
        JsonObject open = Replay.From(test, "aead.open", "alg", "key", "nonce", "aad", "ct_and_tag");
        if (!(bool)test["valid"]!)
        {
            replay.ExpectError(open, "invalid");
            replay.ExpectError(open.DeepClone().AsObject(), "invalid");
            return;
        }

        replay.Expect(open, "out", test["pt"]);
        replay.Expect(Replay.From(test, "aead.seal", "alg", "key", "nonce", "aad", "pt"), "out", test["ct_and_tag"]);
    }

    private static void AddNoise(Replay replay, JsonObject test)
    {
        JsonObject request = Replay.From(
            test, "noise.run", "protocol_name", "prologue", "init_static", "resp_static", "init_ephemeral", "resp_ephemeral");
        JsonArray messages = test["messages"]!.AsArray();
        request["payloads"] = new JsonArray([.. messages.Select(message => message!["payload"]!.DeepClone())]);
        if (!NoiseProtocol.TryParse((string)test["protocol_name"]!, out _))
        {
            replay.ExpectError(request, "unsupported");
            return;
        }

        replay.Expect(request, "out", new JsonObject
        {
            ["ciphertexts"] = new JsonArray([.. messages.Select(message => message!["ciphertext"]!.DeepClone())]),
            ["handshake_hash"] = test["handshake_hash"]!.DeepClone(),
        });
    }

    /// <summary>One request to verify; a second to sign, where the signature is good, and else to verify again.</summary>
    private static void AddSignature(Replay replay, JsonObject test, string scheme, string verdict, string signature, params string[] signed)
    {
        JsonObject verify = Replay.From(test, $"{scheme}.verify", "pk", signed[0], signature);
        replay.Expect(verify, "ok", test[verdict]);
        if ((string)test["tag"]! == "valid")
        {
            replay.Expect(Replay.From(test, $"{scheme}.sign", ["sk", .. signed]), "out", test[signature]);
        }
        else
        {
            replay.Expect(verify.DeepClone().AsObject(), "ok", test[verdict]);
        }
    }

    private static void AddBip340(Replay replay, string file)
    {
        foreach (string line in File.ReadLines(Vectors.PathOf(file)).Skip(1))
        {
            string[] columns = line.Split(',');
            var request = new JsonObject { ["pk"] = columns[2], ["msg"] = columns[4] };
            if (columns[1].Length > 0)
            {
                JsonObject sign = Replay.From(request, "schnorr.sign", "msg");
                sign["sk"] = columns[1];
                sign["aux"] = columns[3];
                replay.Expect(sign, "out", columns[5].ToLowerInvariant());
            }

            request["verb"] = "schnorr.verify";
            request["sig"] = columns[5];
            replay.Expect(request, "ok", columns[6] == "TRUE");
        }
    }

    private static void AddZip215(Replay replay, string file)
    {
        foreach (JsonNode? test in Replay.Root(file).AsArray())
        {
            JsonObject request = Replay.From(test!.AsObject(), "ed25519.verify", "pk=vk_bytes", "sig=sig_bytes");
            request["msg"] = Convert.ToHexStringLower("Zcash"u8);
            replay.Expect(request, "ok", test!["valid_zip215"]);
        }
    }

    private static void AddInclusion(Replay replay, string file)
    {
        AddProofs(replay, file, "merkle.inclusion", "leafIdx", "treeSize", "root", "leafHash", "proof");

        // The same again, in hexadecimal digits.
        foreach (JsonNode? test in Replay.Root(file).AsArray())
        {
            JsonObject request = Replay.From(test!.AsObject(), "merkle.inclusion", "leafIdx", "treeSize");
            request["root"] = ToHex(test!["root"]);
            request["leafHash"] = ToHex(test["leafHash"]);
            request["proof"] = new JsonArray([.. (test["proof"]?.AsArray() ?? []).Select(ToHex)]);
            replay.Expect(request, "ok", !(bool)test["wantErr"]!);
        }
    }

    private static JsonNode ToHex(JsonNode? base64) =>
        Convert.ToHexStringLower(Convert.FromBase64String((string?)base64 ?? ""));

    private static void AddProofs(Replay replay, string file, string verb, params string[] fields)
    {
        foreach (JsonNode? test in Replay.Root(file).AsArray())
        {
            replay.Expect(Replay.From(test!.AsObject(), verb, fields), "ok", !(bool)test!["wantErr"]!);
        }
    }

    private static void AddMnemonics(Replay replay, string file)
    {
        foreach (JsonNode? test in Replay.Root(file)["english"]!.AsArray())
        {
            replay.Expect(
                new JsonObject { ["verb"] = "mnemonic.seed", ["mnemonic"] = (string)test![1]!, ["passphrase"] = "TREZOR" },
                "out",
                test[2]);
        }
    }

    private static void AddChains(Replay replay, string file, string verb, params string[] results)
    {
        foreach (JsonNode? vector in Replay.Root(file).AsArray())
        {
            foreach (JsonNode? chain in vector!["chains"]!.AsArray())
            {
                JsonObject request = Replay.From(vector.AsObject(), verb, "seed", "title");
                request["chain"] = (string)chain!["chain"]!;
                replay.Expect(request, "out", new JsonObject(results.Select(name => KeyValuePair.Create(name, chain[name]?.DeepClone()))));
            }
        }
    }
}
