using System.Text;
using CsCheck;

namespace Chain.Core.Crypto.Tests.Keys;

public sealed class KeystoreTests
{
    // ERC-2335, "Test Cases": password, secret and both files.
    private const string Password = "\U0001d531\U0001d522\U0001d530\U0001d531\U0001d52d\U0001d51e\U0001d530\U0001d530\U0001d534\U0001d52c\U0001d52f\U0001d521\U0001f511";

    private const string ScryptFile =
        """
        {
            "crypto": {
                "kdf": {
                    "function": "scrypt",
                    "params": {
                        "dklen": 32,
                        "n": 262144,
                        "p": 1,
                        "r": 8,
                        "salt": "d4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3"
                    },
                    "message": ""
                },
                "checksum": {
                    "function": "sha256",
                    "params": {},
                    "message": "d2217fe5f3e9a1e34581ef8a78f7c9928e436d36dacc5e846690a5581e8ea484"
                },
                "cipher": {
                    "function": "aes-128-ctr",
                    "params": {
                        "iv": "264daa3f303d7259501c93d997d84fe6"
                    },
                    "message": "06ae90d55fe0a6e9c5c3bc5b170827b2e5cce3929ed3f116c2811e6366dfe20f"
                }
            },
            "description": "This is a test keystore that uses scrypt to secure the secret.",
            "pubkey": "9612d7a727c9d0a22e185a1c768478dfe919cada9266988cb32359c11f2b7b27f4ae4040902382ae2910c15e2b420d07",
            "path": "m/12381/60/3141592653/589793238",
            "uuid": "1d85ae20-35c5-4611-98e8-aa14a633906f",
            "version": 4
        }
        """;

    private const string Pbkdf2File =
        """
        {
            "crypto": {
                "kdf": {
                    "function": "pbkdf2",
                    "params": {
                        "dklen": 32,
                        "c": 262144,
                        "prf": "hmac-sha256",
                        "salt": "d4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3"
                    },
                    "message": ""
                },
                "checksum": {
                    "function": "sha256",
                    "params": {},
                    "message": "8a9f5d9912ed7e75ea794bc5a89bca5f193721d30868ade6f73043c6ea6febf1"
                },
                "cipher": {
                    "function": "aes-128-ctr",
                    "params": {
                        "iv": "264daa3f303d7259501c93d997d84fe6"
                    },
                    "message": "cee03fde2af33149775b7223e7845e4fb2c8ae1792e5f99fe9ecf474cc8c16ad"
                }
            },
            "description": "This is a test keystore that uses PBKDF2 to secure the secret.",
            "pubkey": "9612d7a727c9d0a22e185a1c768478dfe919cada9266988cb32359c11f2b7b27f4ae4040902382ae2910c15e2b420d07",
            "path": "m/12381/60/0/0",
            "uuid": "64625def-3331-4eea-ab6f-782f3ed16a83",
            "version": 4
        }
        """;

    private static readonly byte[] Secret = Convert.FromHexString("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");

    private static readonly KeystoreSettings Cheap = new()
    {
        Salt = Enumerable.Repeat((byte)7, 32).ToArray(),
        Iv = Enumerable.Repeat((byte)9, 16).ToArray(),
        Uuid = Enumerable.Repeat((byte)0xff, 16).ToArray(),
        Kdf = new KeystoreKdf.Pbkdf2(3),
        Path = "m/44'/0'",
        PublicKey = new byte[] { 0xab, 0xcd },
        Description = "my \"first\" key",
    };

    [Theory]
    [InlineData(ScryptFile, "m/12381/60/3141592653/589793238", "1d85ae20-35c5-4611-98e8-aa14a633906f")]
    [InlineData(Pbkdf2File, "m/12381/60/0/0", "64625def-3331-4eea-ab6f-782f3ed16a83")]
    public void TryDecrypt_ExamplesOfTheErc_GiveTheSecret(string file, string path, string uuid)
    {
        Assert.Equal(KeystoreStatus.Ok, Keystore.Read(Encoding.UTF8.GetBytes(file), out Keystore? keystore));
        Assert.Equal(path, keystore!.Path);
        Assert.Equal(Guid.Parse(uuid), keystore.Uuid);
        Assert.Equal(48, keystore.PublicKey.Length);
        Assert.True(keystore.TryDecrypt(Password, out byte[]? secret));
        Assert.Equal(Secret, secret);
    }

    [Fact]
    public void TryDecrypt_PasswordWithControlCodes_IsTheSame()
    {
        Keystore keystore = Read(Keystore.Encrypt(Secret, "test\u0000pass\u007fword\u0085\n", Cheap));

        Assert.True(keystore.TryDecrypt("testpassword", out _));
        Assert.True(keystore.TryDecrypt("t\u001fest\uff50assword", out _)); // a full-width p, in NFKD
    }

    [Fact]
    public void Encrypt_AnySecret_ComesBackWithItsPasswordOnly() =>
        Gen.Select(Gen.Byte.Array[1, 100], Gen.Char.AlphaNumeric.Array[0, 20]).Sample(
            (secret, password) =>
            {
                Keystore keystore = Read(Keystore.Encrypt(secret, password, Cheap));
                return keystore.TryDecrypt(password, out byte[]? read) && read.AsSpan().SequenceEqual(secret)
                    && !keystore.TryDecrypt([.. password, 'x'], out read) && read is null;
            },
            iter: 100);

    /// <summary>What the checksum does not see: ERC-2335 leaves the initialisation vector out.</summary>
    [Fact]
    public void TryDecrypt_DamagedInitialisationVector_IsToldByThePublicKey()
    {
        using var key = new Ed25519PrivateKey(Secret);
        byte[] file = Keystore.Encrypt(Secret, "pw", Cheap with { PublicKey = key.PublicKey });
        string text = Encoding.UTF8.GetString(file);
        string iv = Convert.ToHexStringLower(Cheap.Iv.Span);
        Assert.Contains(iv, text, StringComparison.Ordinal);
        Keystore whole = Read(file), damaged = Read(Encoding.UTF8.GetBytes(text.Replace(iv, "ff" + iv[2..], StringComparison.Ordinal)));

        Assert.True(whole.TryDecrypt("pw", PublicKeyOf, out byte[]? secret));
        Assert.Equal(Secret, secret);
        Assert.True(damaged.TryDecrypt("pw", out secret));
        Assert.NotEqual(Secret, secret);
        Assert.False(damaged.TryDecrypt("pw", PublicKeyOf, out secret));
        Assert.Null(secret);
        Assert.False(whole.TryDecrypt("px", PublicKeyOf, out _));

        Keystore nameless = Read(Keystore.Encrypt(Secret, "pw", Cheap with { PublicKey = default }));
        Assert.True(nameless.TryDecrypt("pw", _ => throw new InvalidOperationException("There is nothing to compare."), out _));

        static byte[] PublicKeyOf(ReadOnlySpan<byte> seed)
        {
            using var signer = new Ed25519PrivateKey(seed);
            return signer.PublicKey.ToArray();
        }
    }

    [Fact]
    public void Encrypt_Settings_StandInTheFile()
    {
        Keystore keystore = Read(Keystore.Encrypt(Secret, "pw", Cheap with { Kdf = new KeystoreKdf.Scrypt(16, 1, 2) }));

        Assert.Equal(Cheap.Path, keystore.Path);
        Assert.Equal(Cheap.Description, keystore.Description);
        Assert.Equal("abcd", Convert.ToHexStringLower(keystore.PublicKey.Span));
        Assert.Equal(new KeystoreKdf.Scrypt(16, 1, 2), keystore.Kdf);
        Assert.Equal("ffffffff-ffff-4fff-bfff-ffffffffffff", keystore.Uuid.ToString());
        Assert.True(keystore.TryDecrypt("pw", out byte[]? secret));
        Assert.Equal(Secret, secret);
    }

    [Theory]
    [InlineData("\"version\": 4", "\"version\": 3", KeystoreStatus.Unsupported)]
    [InlineData("\"version\": 4", "\"version\": \"4\"", KeystoreStatus.Malformed)]
    [InlineData("\"version\": 4", "\"version\": 4, \"version\": 4", KeystoreStatus.Malformed)]
    [InlineData("\"version\": 4", "\"version\": 4, \"extra\": [1, {\"a\": null}]", KeystoreStatus.Ok)]
    [InlineData("\"function\": \"pbkdf2\"", "\"function\": \"argon2id\"", KeystoreStatus.Unsupported)]
    [InlineData("\"function\": \"sha256\"", "\"function\": \"md5\"", KeystoreStatus.Unsupported)]
    [InlineData("\"function\": \"aes-128-ctr\"", "\"function\": \"aes-256-ctr\"", KeystoreStatus.Unsupported)]
    [InlineData("\"prf\": \"hmac-sha256\"", "\"prf\": \"hmac-sha1\"", KeystoreStatus.Malformed)]
    [InlineData("\"dklen\": 32", "\"dklen\": 64", KeystoreStatus.Ok)]
    [InlineData("\"dklen\": 32", "\"dklen\": 31", KeystoreStatus.Malformed)]
    [InlineData("\"dklen\": 32", "\"dklen\": 1e400", KeystoreStatus.Malformed)]
    [InlineData("\"c\": 262144", "\"c\": 0", KeystoreStatus.TooCostly)]
    [InlineData("\"c\": 262144", "\"c\": -262144", KeystoreStatus.TooCostly)]
    [InlineData("\"c\": 262144", "\"c\": 10000001", KeystoreStatus.TooCostly)]
    [InlineData("\"c\": 262144", "\"c\": 9223372036854775807", KeystoreStatus.TooCostly)]
    [InlineData("\"c\": 262144", "\"c\": 9223372036854775808", KeystoreStatus.Malformed)]
    [InlineData("\"c\": 262144", "\"c\": 2.5", KeystoreStatus.Malformed)]
    [InlineData("\"c\": 262144, ", "", KeystoreStatus.Malformed)]
    [InlineData("64625def-3331-4eea-ab6f-782f3ed16a83", "64625def33314eeaab6f782f3ed16a83", KeystoreStatus.Malformed)]
    [InlineData("m/12381/60/0/0", "\\ud800", KeystoreStatus.Malformed)]
    [InlineData("264daa3f303d7259501c93d997d84fe6", "264daa3f303d7259501c93d997d84f", KeystoreStatus.Malformed)]
    [InlineData("264daa3f303d7259501c93d997d84fe6", "264daa3f303d7259501c93d997d84fxx", KeystoreStatus.Malformed)]
    [InlineData("cee03fde2af33149775b7223e7845e4fb2c8ae1792e5f99fe9ecf474cc8c16ad", "", KeystoreStatus.Malformed)]
    [InlineData("8a9f5d9912ed7e75ea794bc5a89bca5f193721d30868ade6f73043c6ea6febf1", "8a9f", KeystoreStatus.Malformed)]
    [InlineData("\"pubkey\": \"9612", "\"pubkey\": \"612", KeystoreStatus.Malformed)]
    [InlineData("\"crypto\": {", "\"crypto\": [], \"other\": {", KeystoreStatus.Malformed)]
    public void Read_ChangedFile_SaysWhatIsWrong(string old, string changed, KeystoreStatus expected)
    {
        string file = Pbkdf2File.ReplaceLineEndings(" ").Replace("  ", "", StringComparison.Ordinal);
        Assert.Contains(old, file, StringComparison.Ordinal);

        KeystoreStatus status = Keystore.Read(Encoding.UTF8.GetBytes(file.Replace(old, changed, StringComparison.Ordinal)), out Keystore? keystore);

        Assert.Equal(expected, status);
        Assert.Equal(expected == KeystoreStatus.Ok, keystore is not null);
    }

    [Theory]
    [InlineData(1 << 19, 8, 1)] // half a gigabyte
    [InlineData(1 << 18, 8, 5)]
    [InlineData(1 << 30, 1 << 20, 1)]
    [InlineData(2, 1 << 22, 1)]
    [InlineData(1 << 10, 1, 1 << 30)]
    [InlineData(1000, 8, 1)]
    [InlineData(0, 8, 1)]
    [InlineData(16, 0, 1)]
    [InlineData(16, 8, -1)]
    public void Read_ScryptBeyondTheLimits_IsTooCostly(int n, int r, int p)
    {
        string file = ScryptFile.Replace("\"n\": 262144", $"\"n\": {n}", StringComparison.Ordinal)
            .Replace("\"r\": 8", $"\"r\": {r}", StringComparison.Ordinal)
            .Replace("\"p\": 1", $"\"p\": {p}", StringComparison.Ordinal);

        Assert.Equal(KeystoreStatus.TooCostly, Keystore.Read(Encoding.UTF8.GetBytes(file), out _));
        Assert.Throws<ArgumentException>(() => Keystore.Encrypt(Secret, "pw", Cheap with { Kdf = new KeystoreKdf.Scrypt(n, r, p) }));
    }

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        byte[] file = Keystore.Encrypt(Secret, "pw", Cheap);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Equal(KeystoreStatus.Malformed, Keystore.Read(file.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void Read_AnyChangedByte_NeverThrowsNorGivesAnotherSecret()
    {
        byte[] file = Keystore.Encrypt(Secret, "pw", Cheap);
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Sample(
            (at, value) =>
            {
                byte[] changed = [.. file];
                changed[at] = value;
                bool opens = Keystore.Read(changed, out Keystore? keystore) == KeystoreStatus.Ok
                    && keystore!.Kdf is KeystoreKdf.Pbkdf2 { Iterations: < 100 }
                    && keystore.TryDecrypt("pw", out byte[]? secret);
                return !opens || IsSecretOrOtherIv(changed);
            },
            iter: 3000);

        // The checksum does not cover the IV: a changed one gives another secret, which the public key would tell.
        static bool IsSecretOrOtherIv(byte[] changed)
        {
            Keystore keystore = Read(changed);
            Assert.True(keystore.TryDecrypt("pw", out byte[]? secret));
            string text = Encoding.UTF8.GetString(changed);
            return secret.AsSpan().SequenceEqual(Secret) || !text.Contains(Convert.ToHexStringLower(Cheap.Iv.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_AnyBytes_AreRefused()
    {
        Gen.Byte.Array[0, 300].Sample(bytes => Keystore.Read(bytes, out _) != KeystoreStatus.Ok, iter: 1000);
        Assert.Equal(KeystoreStatus.Malformed, Keystore.Read(Encoding.UTF8.GetBytes(new string('[', 60_000)), out _));
        Assert.Equal(KeystoreStatus.Malformed, Keystore.Read(Encoding.UTF8.GetBytes(Pbkdf2File + new string(' ', 1 << 16)), out _));
        foreach (string other in (string[])["4", "[4]", "\"version\"", "null", "{}", "{\"version\": 4, \"crypto\": 1}"])
        {
            Assert.Equal(KeystoreStatus.Malformed, Keystore.Read(Encoding.UTF8.GetBytes(other), out _));
        }
    }

    [Fact]
    public void Encrypt_ArgumentsOutsideOfTheirLimits_Throw()
    {
        Assert.Throws<ArgumentException>(() => Keystore.Encrypt([], "pw", Cheap));
        Assert.Throws<ArgumentException>(() => Keystore.Encrypt(new byte[1025], "pw", Cheap));
        Assert.Throws<ArgumentException>(() => Keystore.Encrypt(Secret, "\ud800", Cheap));
        Assert.Throws<ArgumentException>(() => Keystore.Encrypt(Secret, "pw", Cheap with { Salt = new byte[31] }));
        Assert.Throws<ArgumentException>(() => Keystore.Encrypt(Secret, "pw", Cheap with { Iv = new byte[15] }));
        Assert.Throws<ArgumentException>(() => Keystore.Encrypt(Secret, "pw", Cheap with { Uuid = default }));
        Assert.Throws<ArgumentException>(() => Keystore.Encrypt(Secret, "pw", Cheap with { Path = new string('m', 5000) }));
    }

    private static Keystore Read(byte[] file)
    {
        Assert.Equal(KeystoreStatus.Ok, Keystore.Read(file, out Keystore? keystore));
        return keystore!;
    }
}
