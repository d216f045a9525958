using System.Text.Json.Nodes;
using Chain.Core.Testing;

namespace Chain.Core.Conformance.Tests;

/// <summary>Requests of vector files whose fields are not named as those of the verbs.</summary>
internal static class PublishedReplay
{
    private static readonly string OneWithSign = "01" + new string('0', 60) + "80";

    public static IReadOnlyDictionary<string, Action<Replay, string>> Files { get; } = new Dictionary<string, Action<Replay, string>>
    {
        ["noise/cacophony.json"] = AddNoise,
        ["aead/wycheproof_chacha20_poly1305_test.json"] = (replay, file) => AddAead(replay, file, "chacha20poly1305"),
        ["aead/wycheproof_aes_gcm_test.json"] = (replay, file) => AddAead(replay, file, "aes256gcm"),
        ["dh/wycheproof_x25519_test.json"] = AddAgreement,
        ["mac-kdf/wycheproof_hkdf_sha256_test.json"] = AddHkdf,
        ["mac-kdf/wycheproof_hmac_sha256_test.json"] = AddHmac,
        ["sig-ed25519/wycheproof_ed25519_test.json"] = AddEd25519,
        ["sig-ed25519/djb_sign_input_1024.txt"] = AddSigning,
        ["hash/blake3_test_vectors.json"] = AddBlake3,
        ["hash/nist_SHA256ShortMsg.rsp"] = (replay, file) => AddDigests(replay, file, "sha256"),
        ["hash/nist_SHA512ShortMsg.rsp"] = (replay, file) => AddDigests(replay, file, "sha512"),
        ["hash/nist_SHA3_256ShortMsg.rsp"] = (replay, file) => AddDigests(replay, file, "sha3_256"),
        ["chain/mainnet_headers_0_10236.bin"] = AddHeadersFromGenesis,
        ["chain/mainnet_headers_40000_49999.bin"] = AddHeadersFromTheMiddle,
    };

    /// <summary>All suites over 25519, with and without keys shared beforehand; the others are refused.</summary>
    private static void AddNoise(Replay replay, string file)
    {
        foreach (JsonNode? test in Replay.Root(file)["vectors"]!.AsArray())
        {
            JsonObject request = Replay.From(
                test!.AsObject(), "noise.run", "protocol_name", "prologue=init_prologue", "init_static", "resp_static",
                "init_ephemeral", "resp_ephemeral", "init_psks", "resp_psks");
            JsonArray messages = test["messages"]!.AsArray();
            request["payloads"] = new JsonArray([.. messages.Select(message => message!["payload"]!.DeepClone())]);
            if (!((string)test["protocol_name"]!).Contains("_25519_", StringComparison.Ordinal))
            {
                replay.ExpectError(request, "unsupported");
                continue;
            }

            replay.Expect(request, "out", new JsonObject
            {
                ["ciphertexts"] = new JsonArray([.. messages.Select(message => message!["ciphertext"]!.DeepClone())]),
                ["handshake_hash"] = test["handshake_hash"]!.DeepClone(),
            });
        }
    }

    /// <summary>Keys of 32 bytes with nonces of 12; other sizes are refused.</summary>
    private static void AddAead(Replay replay, string file, string algorithm)
    {
        foreach ((JsonObject group, JsonObject test) in Wycheproof(file))
        {
            JsonObject open = Replay.From(test, "aead.open", "key", "nonce=iv", "aad");
            open["alg"] = algorithm;
            open["ct_and_tag"] = (string)test["ct"]! + (string)test["tag"]!;
            bool isGood = (string)test["result"]! == "valid" && (int)group["keySize"]! == 256 && (int)group["ivSize"]! == 96;
            if (isGood)
            {
                replay.Expect(open, "out", test["msg"]);
            }
            else
            {
                replay.ExpectError(open, "invalid");
            }
        }
    }

    /// <summary>A secret of nothing but zeros is refused, which these tests leave open.</summary>
    private static void AddAgreement(Replay replay, string file)
    {
        foreach ((_, JsonObject test) in Wycheproof(file))
        {
            JsonObject agree = Replay.From(test, "x25519", "priv=private", "pub=public");
            if (((string)test["shared"]!).Any(digit => digit != '0'))
            {
                replay.Expect(agree, "out", test["shared"]);
            }
            else
            {
                replay.ExpectError(agree, "invalid");
            }
        }
    }

    private static void AddHkdf(Replay replay, string file)
    {
        foreach ((_, JsonObject test) in Wycheproof(file))
        {
            JsonObject derive = Replay.From(test, "hkdf", "ikm", "salt", "info", "len=size");
            derive["alg"] = "sha256";
            if ((string)test["result"]! == "valid")
            {
                replay.Expect(derive, "out", test["okm"]);
            }
            else
            {
                replay.ExpectError(derive, "invalid");
            }
        }
    }

    /// <summary>Codes in full length; a wrong one must differ from ours.</summary>
    private static void AddHmac(Replay replay, string file)
    {
        foreach ((JsonObject group, JsonObject test) in Wycheproof(file).Where(pair => (int)pair.Group["tagSize"]! == 256))
        {
            JsonObject hmac = Replay.From(test, "hmac", "key", "msg");
            hmac["alg"] = "sha256";
            if ((string)test["result"]! == "valid")
            {
                replay.Expect(hmac, "out", test["tag"]);
            }
            else
            {
                replay.ExpectOther(hmac, "out", test["tag"]);
            }
        }
    }

    /// <summary>ZIP-215 leaves open one spelling that RFC 8032 forbids: y = 1 with the sign of x set.</summary>
    private static void AddEd25519(Replay replay, string file)
    {
        foreach ((JsonObject group, JsonObject test) in Wycheproof(file))
        {
            JsonObject verify = Replay.From(test, "ed25519.verify", "msg", "sig");
            verify["pk"] = group["publicKey"]!["pk"]!.DeepClone();
            replay.Expect(verify, "ok", (string)test["result"]! == "valid" || ((string)test["sig"]!).StartsWith(OneWithSign, StringComparison.Ordinal));
        }
    }

    /// <summary>Lines of secret and public key, public key, message, signature and message, in hexadecimal digits.</summary>
    private static void AddSigning(Replay replay, string file)
    {
        foreach (string[] columns in File.ReadLines(Vectors.PathOf(file)).Select(line => line.Split(':')))
        {
            replay.Expect(
                new JsonObject { ["verb"] = "ed25519.sign", ["sk"] = columns[0][..64], ["msg"] = columns[2] }, "out", columns[3][..128]);
        }
    }

    private static void AddBlake3(Replay replay, string file)
    {
        foreach (JsonNode? test in Replay.Root(file)["cases"]!.AsArray())
        {
            byte[] message = [.. Enumerable.Range(0, (int)test!["input_len"]!).Select(i => (byte)(i % 251))];
            replay.Expect(
                new JsonObject { ["verb"] = "hash", ["alg"] = "blake3", ["msg"] = Convert.ToHexStringLower(message) },
                "out",
                ((string)test["hash"]!)[..64]);
        }
    }

    private static void AddDigests(Replay replay, string file, string algorithm)
    {
        int length = 0;
        string message = "";
        foreach (string[] pair in File.ReadLines(Vectors.PathOf(file)).Select(line => line.Split(" = ")).Where(pair => pair.Length == 2))
        {
            switch (pair[0])
            {
                case "Len": length = int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture) / 4; break;
                case "Msg": message = pair[1][..length]; break;
                case "MD":
                    replay.Expect(new JsonObject { ["verb"] = "hash", ["alg"] = algorithm, ["msg"] = message }, "out", pair[1]);
                    break;
            }
        }
    }

    private static void AddHeadersFromGenesis(Replay replay, string file)
    {
        string[] headers = HeadersOf(file);
        replay.Expect(HeaderRequest(0, [], headers), "out", Followed(headers.Length, BitsOf(headers[^1]), WorkOf(headers)));

        // Another nonce, then a header left out: the chain ends there.
        string[] changed = [.. headers.Take(500)];
        changed[300] = changed[300][..^8] + "00000000";
        replay.Expect(HeaderRequest(0, [], changed), "out", Followed(300, BitsOf(headers[299]), WorkOf(headers.AsSpan(0, 300))));
        replay.Expect(
            HeaderRequest(0, [], [.. headers.AsSpan(0, 10), .. headers.AsSpan(11, 10)]),
            "out",
            Followed(10, BitsOf(headers[9]), WorkOf(headers.AsSpan(0, 10))));
        replay.Expect(HeaderRequest(0, [], []), "out", Followed(0, "1d00ffff", WorkOf([])));
        replay.Expect(
            HeaderRequest(2016, headers[..2016], headers[2016..3000]), "out", Followed(984, BitsOf(headers[2999]), WorkOf(headers.AsSpan(2016, 984))));
        replay.ExpectError(HeaderRequest(9, headers[..10], headers[10..20]), "invalid");
        replay.ExpectError(HeaderRequest(20, [.. headers.AsSpan(0, 5), .. headers.AsSpan(6, 5)], []), "invalid");
        replay.ExpectError(HeaderRequest(0, [], ["00"]), "invalid");
    }

    private static void AddHeadersFromTheMiddle(Replay replay, string file)
    {
        string[] headers = HeadersOf(file);
        replay.Expect(HeaderRequest(40_000, [], headers), "out", Followed(headers.Length, BitsOf(headers[^1]), WorkOf(headers)));
        replay.Expect(
            HeaderRequest(42_336, headers[..2336], headers[2336..2400]), "out", Followed(64, BitsOf(headers[2399]), WorkOf(headers.AsSpan(2336, 64))));

        // One above its real height, the target changes a block too late: where nothing is known of the period, the
        // first header of the next may have any target that the rule can give, and the second must have the same.
        replay.ExpectError(HeaderRequest(42_337, headers[..2015], headers[2015..2400]), "invalid");
        replay.Expect(HeaderRequest(40_001, [], headers[..400]), "out", Followed(320, BitsOf(headers[319]), WorkOf(headers.AsSpan(0, 320))));
    }

    private static string[] HeadersOf(string file) =>
        [.. File.ReadAllBytes(Vectors.PathOf(file)).Chunk(80).Select(header => Convert.ToHexStringLower(header))];

    private static JsonObject HeaderRequest(int height, string[] context, string[] headers) => new()
    {
        ["verb"] = "bitcoin.headers",
        ["params"] = "mainnet",
        ["start_height"] = height,
        ["context"] = new JsonArray([.. context.Select(header => (JsonNode)header)]),
        ["headers"] = new JsonArray([.. headers.Select(header => (JsonNode)header)]),
    };

    private static JsonObject Followed(int accepted, string nextBits, string work) => new()
    {
        ["accepted"] = accepted,
        ["next_bits"] = nextBits,
        ["chainwork"] = work,
    };

    private static string BitsOf(string header) => Convert.ToHexStringLower([.. Convert.FromHexString(header)[72..76].Reverse()]);

    /// <summary>2²⁵⁶ ÷ (target + 1) for each header, in the platform's own numbers.</summary>
    private static string WorkOf(ReadOnlySpan<string> headers)
    {
        var work = System.Numerics.BigInteger.Zero;
        foreach (string header in headers)
        {
            uint bits = Convert.ToUInt32(BitsOf(header), 16);
            System.Numerics.BigInteger target = new System.Numerics.BigInteger(bits & 0x7fffff) << (8 * ((int)(bits >> 24) - 3));
            work += (System.Numerics.BigInteger.One << 256) / (target + 1);
        }

        return work.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static IEnumerable<(JsonObject Group, JsonObject Test)> Wycheproof(string file) =>
        from @group in Replay.Root(file)["testGroups"]!.AsArray()
        from test in @group["tests"]!.AsArray()
        select (@group.AsObject(), test.AsObject());
}
