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
        ["sig-pq/wycheproof_mldsa_65_sign_seed_test.json"] = 168,
        ["fresh/ecvrf_rfc9381.json"] = 8,
        ["vrf/ecvrf_draft15_rfc9381_examples10-21.json"] = 12,
        ["fresh/ristretto255.json"] = 36,
        ["group/ristretto255_rfc9496.json"] = 56,
        ["light/rfc6962_inclusion_proofs.json"] = 98,
        ["light/rfc6962_consistency_proofs.json"] = 43,
        ["keys/bip39_trezor_vectors.json"] = 24,
        ["keys/bip32_vectors.json"] = 17,
        ["keys/slip10_vectors.json"] = 52,
        ["noise/cacophony.json"] = 944,
        ["aead/wycheproof_chacha20_poly1305_test.json"] = 325,
        ["aead/wycheproof_aes_gcm_test.json"] = 316,
        ["dh/wycheproof_x25519_test.json"] = 518,
        ["mac-kdf/wycheproof_hkdf_sha256_test.json"] = 86,
        ["mac-kdf/wycheproof_hmac_sha256_test.json"] = 87,
        ["sig-ed25519/wycheproof_ed25519_test.json"] = 151,
        ["sig-ed25519/djb_sign_input_1024.txt"] = 1024,
        ["hash/blake3_test_vectors.json"] = 35,
        ["hash/nist_SHA256ShortMsg.rsp"] = 65,
        ["hash/nist_SHA512ShortMsg.rsp"] = 129,
        ["hash/nist_SHA3_256ShortMsg.rsp"] = 137,
        ["chain/mainnet_headers_0_10236.bin"] = 8,
        ["chain/mainnet_headers_40000_49999.bin"] = 4,
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
            case "sig-pq/wycheproof_mldsa_65_sign_seed_test.json": AddMLDsa(replay, file); break;
            case "fresh/ecvrf_rfc9381.json": Each(file, test => AddVrf(replay, test)); break;
            case "vrf/ecvrf_draft15_rfc9381_examples10-21.json": AddVrfExamples(replay, file); break;
            case "fresh/ristretto255.json": AddRistretto(replay, file); break;
            case "group/ristretto255_rfc9496.json": AddRistrettoExamples(replay, file); break;
            case "light/rfc6962_inclusion_proofs.json": AddInclusion(replay, file); break;
            case "light/rfc6962_consistency_proofs.json":
                AddProofs(replay, file, "merkle.consistency", "size1", "size2", "root1", "root2", "proof");
                break;
            case "keys/bip39_trezor_vectors.json": AddMnemonics(replay, file); break;
            case "keys/bip32_vectors.json": AddChains(replay, file, "bip32.derive", "ext pub", "ext prv"); break;
            case "keys/slip10_vectors.json":
                AddChains(replay, file, "slip10.derive", "fingerprint", "chain code", "private", "public");
                break;
            default: PublishedReplay.Files[file](replay, file); break;
        }

        return replay;
    }

    /// <summary>Every file that is there, in one, but for large ones whose verbs have only one path.</summary>
    public static string AllLines() => string.Concat(
        Counts.Keys
            .Where(file => Vectors.ReasonToSkip(file) is null && (!PublishedReplay.Files.ContainsKey(file) || file.Contains("ed25519_test", StringComparison.Ordinal)))
            .Select(file => Of(file).Lines()));

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

    /// <summary>Signatures of the signing tests, each also under another context, where it is worth nothing.</summary>
    private static void AddMLDsa(Replay replay, string file)
    {
        foreach (JsonNode? group in Replay.Root(file)["testGroups"]!.AsArray())
        {
            foreach (JsonNode? test in group!["tests"]!.AsArray().Where(test => (string)test!["result"]! == "valid" && test["msg"] is not null))
            {
                JsonObject verify = Replay.From(test!.AsObject(), "mldsa65.verify", "msg", "sig");
                verify["pk"] = (string)group["publicKey"]!;
                verify["ctx"] = (string?)test["ctx"] ?? "";
                replay.Expect(verify, "ok", true);
                JsonObject other = verify.DeepClone().AsObject();
                other["ctx"] = "00" + (string)verify["ctx"]!;
                replay.Expect(other, "ok", false);
            }
        }
    }

    private static void AddVrf(Replay replay, JsonObject test)
    {
        bool isGood = (bool)test["valid"]!;
        JsonObject verify = Replay.From(test, "vrf.verify", "suite", "pk", "alpha", "pi");
        replay.Expect(verify, "ok", isGood);
        if (isGood)
        {
            replay.Expect(
                Replay.From(test, "vrf.prove", "suite", "sk", "alpha"),
                "out",
                new JsonObject { ["pi"] = test["pi"]!.DeepClone(), ["beta"] = test["beta"]!.DeepClone() });
        }
    }

    /// <summary>The examples on Edwards25519; the others are of another curve.</summary>
    private static void AddVrfExamples(Replay replay, string file)
    {
        foreach (JsonNode? example in Replay.Root(file).AsArray())
        {
            string[] suite = ((string)example!["suite"]!).Split("-EDWARDS25519-SHA512-");
            if (suite.Length == 2)
            {
                var test = new JsonObject { ["suite"] = suite[1], ["valid"] = true };
                foreach (string field in (string[])["SK", "PK", "alpha", "pi", "beta"])
                {
                    test[field.ToLowerInvariant()] = (string)example[field]!;
                }

                AddVrf(replay, test);
            }
        }
    }

    private static void AddRistretto(Replay replay, string file)
    {
        Each(file, test =>
        {
            replay.Expect(Replay.From(test, "ristretto.from_uniform", "uniform64"), "out", test["point"]);
            replay.Expect(Replay.From(test, "ristretto.mul", "point", "scalar_le"), "out", test["product"]);
            replay.Expect(Replay.From(test, "ristretto.add", "a=point", "b=product"), "out", test["sum"]);
            replay.Expect(Replay.From(test, "ristretto.decode", "bytes=point"), "ok", true);
        });
        foreach (JsonNode? test in Replay.Root(file)["decode_random"]!.AsArray())
        {
            replay.Expect(Replay.From(test!.AsObject(), "ristretto.decode", "bytes"), "ok", test!["decodes"]);
        }
    }

    private static void AddRistrettoExamples(Replay replay, string file)
    {
        JsonNode root = Replay.Root(file);
        foreach ((string list, bool isGood) in (ReadOnlySpan<(string, bool)>)[("small_multiples_of_basepoint_0_to_15", true), ("bad_encodings", false)])
        {
            foreach (JsonNode? bytes in root[list]!.AsArray())
            {
                replay.Expect(new JsonObject { ["verb"] = "ristretto.decode", ["bytes"] = bytes!.DeepClone() }, "ok", isGood);
            }
        }

        foreach (JsonNode? test in root["uniform_bytes_to_point"]!.AsArray())
        {
            replay.Expect(Replay.From(test!.AsObject(), "ristretto.from_uniform", "uniform64=uniform_bytes"), "out", test!["encoding"]);
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
