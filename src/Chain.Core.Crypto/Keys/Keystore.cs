using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Chain.Core.Crypto;

/// <summary>
/// A secret under a password, in the JSON of ERC-2335: scrypt or PBKDF2, AES-128 in counter mode, SHA-256 as checksum.
/// Bytes in, bytes out: files and entropy belong to the caller. Immutable.
/// </summary>
/// <remarks>
/// The checksum of ERC-2335 covers the password and the encrypted bytes, not the initialisation vector: a file damaged there
/// opens and gives another secret. Whoever opens a file of a known scheme lets the public key be compared
/// (<see cref="TryDecrypt(ReadOnlySpan{char}, Func{ReadOnlySpan{byte}, byte[]}, out byte[])"/>).
/// </remarks>
public sealed class Keystore
{
    /// <summary>The longest file in bytes.</summary>
    public const int MaxFileSize = 1 << 16;

    /// <summary>The longest secret in bytes.</summary>
    public const int MaxSecretSize = 1024;

    internal const int ChecksumSize = 32;

    private const int CipherKeySize = 16;

    private readonly KeystoreContent _content;

    private Keystore(KeystoreContent content) => _content = content;

    /// <summary>How the password becomes a key.</summary>
    public KeystoreKdf Kdf => _content.Kdf;

    /// <summary>Where the secret stands in a tree of keys; empty where it stands in none.</summary>
    public string Path => _content.Path;

    /// <summary>The public key as the file names it; empty where it names none. The file's word, not checked here.</summary>
    public ReadOnlyMemory<byte> PublicKey => _content.PublicKey;

    /// <summary>The remark for people.</summary>
    public string Description => _content.Description;

    /// <summary>The name of this file among others.</summary>
    public Guid Uuid => _content.Uuid;

    /// <summary>Encrypts <paramref name="secret"/> and writes the file's bytes.</summary>
    /// <param name="secret">1 to <see cref="MaxSecretSize"/> bytes.</param>
    /// <param name="password">Any text; taken in NFKD and without control characters.</param>
    /// <param name="settings">What else the file holds.</param>
    /// <exception cref="ArgumentException">A length or a cost is outside of its limits, or the password holds half a surrogate pair or U+FFFE.</exception>
    /// <exception cref="PlatformNotSupportedException">The password is not ASCII and the process runs without Unicode data.</exception>
    public static byte[] Encrypt(ReadOnlySpan<byte> secret, ReadOnlySpan<char> password, KeystoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        if (secret.Length is 0 or > MaxSecretSize)
        {
            throw new ArgumentException($"A secret has 1 to {MaxSecretSize} bytes, not {secret.Length}.", nameof(secret));
        }

        byte[] salt = settings.Salt.ToArray();
        byte[] iv = settings.Iv.ToArray();
        byte[] key = DeriveKey(settings.Kdf, password, salt);
        byte[] ciphertext = Cipher(key, iv, secret);
        var content = new KeystoreContent
        {
            Kdf = settings.Kdf,
            Salt = salt,
            Iv = iv,
            Checksum = ChecksumOf(key, ciphertext),
            Ciphertext = ciphertext,
            Path = settings.Path,
            PublicKey = settings.PublicKey,
            Description = settings.Description,
            Uuid = RandomUuid(settings.Uuid.Span),
        };
        CryptographicOperations.ZeroMemory(key);
        return KeystoreJson.Write(content);
    }

    /// <summary>Reads a file; no password is needed and no work is done yet.</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="keystore">Null where the result is not <see cref="KeystoreStatus.Ok"/>.</param>
    public static KeystoreStatus Read(ReadOnlySpan<byte> json, out Keystore? keystore)
    {
        KeystoreStatus status = KeystoreJson.Read(json, out KeystoreContent? content);
        keystore = content is null ? null : new Keystore(content);
        return status;
    }

    /// <summary>Opens the keystore: as much work as <see cref="Kdf"/> says.</summary>
    /// <param name="password">Any text; taken in NFKD and without control characters.</param>
    /// <param name="secret">The secret, which the caller wipes after use; null where the result is false.</param>
    /// <returns>
    /// False where the password is wrong or the encrypted bytes were changed; nobody can tell which. A changed initialisation
    /// vector is not noticed.
    /// </returns>
    /// <exception cref="ArgumentException">The password holds half a surrogate pair or U+FFFE.</exception>
    /// <exception cref="PlatformNotSupportedException">The password is not ASCII and the process runs without Unicode data.</exception>
    public bool TryDecrypt(ReadOnlySpan<char> password, [NotNullWhen(true)] out byte[]? secret)
    {
        byte[] key = DeriveKey(_content.Kdf, password, _content.Salt);
        bool isRight = CryptographicOperations.FixedTimeEquals(ChecksumOf(key, _content.Ciphertext), _content.Checksum);
        secret = isRight ? Cipher(key, _content.Iv, _content.Ciphertext) : null;
        CryptographicOperations.ZeroMemory(key);
        return isRight;
    }

    /// <summary>As the other overload, and checks that the secret belongs to <see cref="PublicKey"/>, where the file has one.</summary>
    /// <param name="password">Any text; taken in NFKD and without control characters.</param>
    /// <param name="publicKeyOf">Computes the public key of a secret; not called where the file names none.</param>
    /// <param name="secret">The secret, which the caller wipes after use; null where the result is false.</param>
    /// <returns>False also where the public key of the secret is another one: the file is damaged, or was put together of two.</returns>
    /// <exception cref="ArgumentException">The password holds half a surrogate pair or U+FFFE.</exception>
    /// <exception cref="PlatformNotSupportedException">The password is not ASCII and the process runs without Unicode data.</exception>
    public bool TryDecrypt(
        ReadOnlySpan<char> password, Func<ReadOnlySpan<byte>, byte[]> publicKeyOf, [NotNullWhen(true)] out byte[]? secret)
    {
        ArgumentNullException.ThrowIfNull(publicKeyOf);
        if (!TryDecrypt(password, out secret))
        {
            return false;
        }

        if (PublicKey.IsEmpty || publicKeyOf(secret).AsSpan().SequenceEqual(PublicKey.Span))
        {
            return true;
        }

        CryptographicOperations.ZeroMemory(secret);
        secret = null;
        return false;
    }

    private static byte[] DeriveKey(KeystoreKdf kdf, ReadOnlySpan<char> password, ReadOnlySpan<byte> salt)
    {
        byte[] bytes = NormalizedText.ToUtf8WithoutControls(password);
        var key = new byte[KeystoreKdf.KeySize];
        kdf.DeriveKey(bytes, salt, key);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    private static byte[] ChecksumOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> ciphertext)
    {
        byte[] message = [.. key[CipherKeySize..], .. ciphertext];
        byte[] checksum = Sha256.Hash(message).ToArray();
        CryptographicOperations.ZeroMemory(message);
        return checksum;
    }

    /// <summary>AES-128 in counter mode, which is its own inverse.</summary>
    private static byte[] Cipher(ReadOnlySpan<byte> key, byte[] iv, ReadOnlySpan<byte> input)
    {
        var counter = new SicBlockCipher(new AesEngine());
        counter.Init(true, new ParametersWithIV(new KeyParameter(key[..CipherKeySize]), iv));
        var output = new byte[input.Length];
        Span<byte> block = stackalloc byte[KeystoreSettings.IvSize];
        for (int start = 0; start < input.Length; start += block.Length)
        {
            int length = Math.Min(block.Length, input.Length - start);
            block.Clear();
            input.Slice(start, length).CopyTo(block);
            counter.ProcessBlock(block, block);
            block[..length].CopyTo(output.AsSpan(start));
        }

        CryptographicOperations.ZeroMemory(block);
        return output;
    }

    private static Guid RandomUuid(ReadOnlySpan<byte> entropy)
    {
        Span<byte> bytes = stackalloc byte[KeystoreSettings.UuidSize];
        entropy.CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
