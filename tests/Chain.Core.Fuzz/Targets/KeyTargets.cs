using System.Numerics;
using Chain.Core.Crypto;
using Factories = System.Collections.Generic.SortedDictionary<string, System.Func<Chain.Core.Fuzz.FuzzTarget>>;

namespace Chain.Core.Fuzz;

/// <summary>What people and wallets write down: words, paths, keys, addresses, keystores.</summary>
internal static class KeyTargets
{
    private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int CheapWork = 1 << 12;

    public static void AddTo(Factories factories)
    {
        factories["crypto.bip39"] = () => MnemonicTarget("crypto.bip39");
        factories["crypto.bip39-list"] = () => WordListTarget("crypto.bip39-list");
        factories["crypto.path"] = () => PathTarget("crypto.path");
        factories["crypto.bip32-private"] = () => PrivateTarget("crypto.bip32-private");
        factories["crypto.bip32-public"] = () => PublicTarget("crypto.bip32-public");
        factories["crypto.bech32m"] = () => AddressTarget("crypto.bech32m");
        factories["crypto.keystore"] = () => KeystoreTarget("crypto.keystore");
    }

    /// <summary>Every three-letter word of a few letters: the published lists are not ours to bring.</summary>
    private static IEnumerable<string> Words =>
        (from first in "abcdefghijklmnop" from second in "abcdefghijklmnop" from third in "abcdefgh" select $"{first}{second}{third}");

    private static Bip39WordList List => Bip39WordList.TryParse(Text.Of(string.Join('\n', Words)), out Bip39WordList? list)
        ? list
        : throw new InvalidOperationException("The list is refused.");

    private static FuzzTarget MnemonicTarget(string name)
    {
        Bip39WordList list = List;
        byte[][] seeds = [.. ((int[])[16, 20, 24, 28, 32]).Select(size => Text.Of(Bip39.MnemonicFrom(new byte[size], list)))];
        return new FuzzTarget(name, seeds, input =>
        {
            string text = Text.From(input);
            if (!Text.IsUnicode(text))
            {
                Oracle.Holds(Oracle.Throws<ArgumentException>(() => Bip39.ReadEntropy(text, list, out _)), "text that is no Unicode passes");
                return false;
            }

            bool isValid = Bip39.ReadEntropy(text, list, out byte[] entropy) == MnemonicStatus.Valid;
            Oracle.Holds(isValid || entropy.Length == 0, "entropy of a bad mnemonic");
            Oracle.Holds(!isValid || Bip39.MnemonicFrom(entropy, list) == text.Normalize(System.Text.NormalizationForm.FormKD), "another mnemonic");
            return isValid;
        })
        {
            MaxLength = 256,
            Tokens = [.. Words.Take(16).Select(word => Text.Of(word + " ")), Text.Of("\u3000"), Text.Of("\u0301"), Text.Of("\ufffe")],
        };
    }

    private static FuzzTarget WordListTarget(string name) => new(
        name, [Text.Of(string.Join('\n', Words)), Text.Of(string.Join("\r\n", Words) + "\r\n"), Text.Of(string.Join('\n', Words.Select(word => word + "é")))], input =>
    {
        bool isRead = Bip39WordList.TryParse(input, out Bip39WordList? list);
        Oracle.Holds(!isRead || Enumerable.Range(0, Bip39WordList.Count).Select(i => list![i]).Distinct().Count() == Bip39WordList.Count, "equal words");
        return isRead;
    })
    {
        MaxLength = 20_000,
        AllocatedBase = 2 * 1024 * 1024,
        AllocatedPerByte = 64,
        Tokens = [Text.Of("\ufffe"), Text.Of("\u3000"), Text.Of("\r\n"), Text.Of("\ufb01"), Text.Of("\ufdfa")],
    };

    private static FuzzTarget PathTarget(string name) => new(name, [Text.Of("m"), Text.Of("m/44'/0h/7H/2147483647")], input =>
    {
        if (!DerivationPath.TryParse(Text.From(input), out DerivationPath? path))
        {
            return false;
        }

        string text = path.ToString();
        Oracle.Holds(DerivationPath.Parse(text).Indexes.SequenceEqual(path.Indexes), "another path");
        return true;
    })
    {
        MaxLength = 4096,
        AllocatedBase = 64 * 1024,
        AllocatedPerByte = 64,
        Tokens = [.. ((string[])["/", "'", "h", "m/", "2147483648", "4294967295", "0", "-1", "+1", " "]).Select(Text.Of)],
    };

    private static FuzzTarget PrivateTarget(string name)
    {
        using ExtendedPrivateKey master = ExtendedPrivateKey.FromSeed(new byte[32]);
        using ExtendedPrivateKey child = master.Derive(DerivationPath.Parse("m/0'/1"));
        return new FuzzTarget(name, SeedsOf(master.Export(), child.Export(), master.PublicKey.ToString()), input =>
        {
            string text = CheckedText(input);
            if (!ExtendedPrivateKey.TryParse(text, out ExtendedPrivateKey? key))
            {
                return false;
            }

            using (key)
            {
                Oracle.Holds(key.Export() == text, "a private key has two texts");
                Oracle.Holds(key.PublicKey.Point.Length == EcdsaSecp256k1.PublicKeySize, "a private key without a point");
            }

            return true;
        })
        {
            MaxLength = 256,
            AllocatedBase = 128 * 1024,
        };
    }

    private static FuzzTarget PublicTarget(string name)
    {
        using ExtendedPrivateKey master = ExtendedPrivateKey.FromSeed(new byte[32]);
        using ExtendedPrivateKey child = master.Derive(DerivationPath.Parse("m/0'/1"));
        return new FuzzTarget(name, SeedsOf(master.PublicKey.ToString(), child.PublicKey.ToString(), master.Export()), input =>
        {
            string text = CheckedText(input);
            if (!ExtendedPublicKey.TryParse(text, out ExtendedPublicKey? key))
            {
                return false;
            }

            Oracle.Holds(key.ToString() == text, "a public key has two texts");
            Span<byte> point = stackalloc byte[EcdsaSecp256k1.PublicKeySize];
            Oracle.Holds(EcdsaSecp256k1.TryCompressPublicKey(key.Point.Span, point), "a public key off the curve");
            if (key.Depth < byte.MaxValue)
            {
                Oracle.Holds(key.Derive(7).Depth == key.Depth + 1, "a child at another depth");
            }

            return true;
        })
        {
            MaxLength = 256,
            AllocatedBase = 128 * 1024,
        };
    }

    private static FuzzTarget AddressTarget(string name) => new(
        name, [Text.Of(Bech32m.Encode("chain", new byte[32])), Text.Of(Bech32m.Encode("a", [])), [0, 5, .. "chain"u8, 1, 2, 3]], input =>
    {
        if (input is [0, var prefixLength, ..])
        {
            // The other way round: what can be written can be read.
            string written = System.Text.Encoding.Latin1.GetString(input, 2, Math.Min(prefixLength, input.Length - 2));
            byte[] content = input[(2 + written.Length)..];
            string? address = null;
            bool isRefused = Oracle.Throws<ArgumentException>(() => address = Bech32m.Encode(written, content));
            Oracle.Holds(isRefused || (Bech32m.TryDecode(address, written, out byte[]? read) && read.AsSpan().SequenceEqual(content)), "an address is refused");
            return !isRefused;
        }

        string text = Text.From(input);
        bool isRead = Bech32m.TryDecode(text, out string? prefix, out byte[]? data);
        Oracle.Holds(!isRead || string.Equals(Bech32m.Encode(prefix!, data), text, StringComparison.OrdinalIgnoreCase), "an address has two texts");
        return isRead;
    })
    {
        MaxLength = 128,
    };

    private static FuzzTarget KeystoreTarget(string name)
    {
        KeystoreSettings settings = new()
        {
            Kdf = new KeystoreKdf.Pbkdf2(2),
            Salt = new byte[KeystoreSettings.SaltSize],
            Iv = new byte[KeystoreSettings.IvSize],
            Uuid = new byte[KeystoreSettings.UuidSize],
            Path = "m/0'",
            Description = "fuzzed",
            PublicKey = new byte[32],
        };
        byte[][] seeds =
        [
            Keystore.Encrypt(new byte[32], "password", settings),
            Keystore.Encrypt(new byte[1], "password", settings with { Kdf = new KeystoreKdf.Scrypt(16, 1, 1) }),
        ];
        string[] tokens =
        [
            "\"scrypt\"", "\"pbkdf2\"", "\"function\"", "\"params\"", "\"message\"", "\"dklen\"", "\"n\"", "\"salt\"", "{}", "[]", "null", "true",
            "1e400", "1e9", "-0", "0.5", "18446744073709551616", "\"\\ud800\"", "\\u0000", "\"crypto\":", "\"version\": 3", "\"uuid\": \"\"", ",", "/*", "[[[[[[[[[",
        ];
        return new FuzzTarget(name, seeds, input =>
        {
            KeystoreStatus status = Keystore.Read(input, out Keystore? keystore);
            Oracle.Holds((status == KeystoreStatus.Ok) == (keystore is not null), "the status does not fit the keystore");
            if (keystore is not null)
            {
                Oracle.Holds(keystore.Kdf.IsAcceptable, "a keystore beyond its limits of cost");
                if (IsCheap(keystore.Kdf) && keystore.TryDecrypt("password", out byte[]? secret))
                {
                    Oracle.Holds(secret.Length is > 0 and <= Keystore.MaxSecretSize, "a secret beyond its limits");
                }
            }

            return keystore is not null;
        })
        {
            AllocatedBase = 256 * 1024,
            Tokens = [.. tokens.Select(Text.Of)],
        };
    }

    private static bool IsCheap(KeystoreKdf kdf) => kdf switch
    {
        KeystoreKdf.Pbkdf2 pbkdf2 => pbkdf2.Iterations <= CheapWork,
        KeystoreKdf.Scrypt scrypt => (long)scrypt.N * scrypt.R * scrypt.P <= 64,
        _ => false,
    };

    /// <summary>The texts, and for each the bytes that it stands for after a zero: these get a right checksum.</summary>
    private static byte[][] SeedsOf(params string[] texts) => [.. texts.SelectMany(text => (byte[][])[Text.Of(text), [0, .. PayloadOf(text)]])];

    private static string CheckedText(byte[] input)
    {
        if (input is not [0, ..])
        {
            return Text.From(input);
        }

        byte[] payload = input[1..];
        byte[] whole = [.. payload, .. Sha256.HashTwice(payload).ToArray()[..4]];
        var number = new BigInteger(whole, isUnsigned: true, isBigEndian: true);
        var digits = new List<char>();
        for (; !number.IsZero; number /= Base58.Length)
        {
            digits.Add(Base58[(int)(number % Base58.Length)]);
        }

        digits.AddRange(Enumerable.Repeat(Base58[0], whole.TakeWhile(value => value == 0).Count()));
        digits.Reverse();
        return new string([.. digits]);
    }

    private static byte[] PayloadOf(string text)
    {
        BigInteger number = text.Aggregate(BigInteger.Zero, (sum, letter) => (sum * Base58.Length) + Base58.IndexOf(letter, StringComparison.Ordinal));
        return number.ToByteArray(isUnsigned: true, isBigEndian: true)[..^4];
    }
}
