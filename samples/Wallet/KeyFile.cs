using System.Security.Cryptography;
using Chain.Core.Crypto;

namespace WalletSample;

/// <summary>A key in an encrypted file that only its owner can read.</summary>
internal static class KeyFile
{
    public static Ed25519PrivateKey Create(string path, string passphrase, KeystoreKdf cost)
    {
        byte[] seed = RandomNumberGenerator.GetBytes(Ed25519PrivateKey.SeedSize);
        var key = new Ed25519PrivateKey(seed);
        byte[] content = Keystore.Encrypt(seed, passphrase, new KeystoreSettings
        {
            Salt = RandomNumberGenerator.GetBytes(KeystoreSettings.SaltSize),
            Iv = RandomNumberGenerator.GetBytes(KeystoreSettings.IvSize),
            Uuid = RandomNumberGenerator.GetBytes(KeystoreSettings.UuidSize),
            Kdf = cost,
            PublicKey = key.PublicKey,
        });
        CryptographicOperations.ZeroMemory(seed);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
        return key;
    }

    /// <summary>The key of a file; null where the passphrase is wrong or the file is no keystore.</summary>
    public static Ed25519PrivateKey? Open(string path, string passphrase)
    {
        if (new FileInfo(path).Length > Keystore.MaxFileSize
            || Keystore.Read(File.ReadAllBytes(path), out Keystore? keystore) != KeystoreStatus.Ok
            || !keystore!.TryDecrypt(passphrase, out byte[]? seed))
        {
            return null;
        }

        var key = new Ed25519PrivateKey(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }
}
