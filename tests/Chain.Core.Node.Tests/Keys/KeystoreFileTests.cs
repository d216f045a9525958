using Chain.Core.Crypto;
using Chain.Core.Storage;

namespace Chain.Core.Node.Tests.Keys;

public sealed class KeystoreFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chain-keystore-").FullName;

    private string FilePath => Path.Combine(_folder, "validator.json");

    [Fact]
    public void Write_ThenRead_GivesTheSecretToItsOwnerOnly()
    {
        KeystoreFile.Write(FilePath, Keystore.Encrypt([1, 2, 3], "first", Settings()));
        KeystoreFile.Write(FilePath, Keystore.Encrypt([4, 5, 6], "second", Settings()));

        Assert.Equal(KeystoreStatus.Ok, KeystoreFile.Read(FilePath, out Keystore? keystore));
        Assert.True(keystore!.TryDecrypt("second", out byte[]? secret));
        Assert.Equal([4, 5, 6], secret);
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        }
    }

    [Fact]
    public void Write_BytesThatAreNoKeystore_LeavesTheFileAlone()
    {
        byte[] good = Keystore.Encrypt([1], "pw", Settings());
        KeystoreFile.Write(FilePath, good);

        Assert.Throws<ArgumentException>(() => KeystoreFile.Write(FilePath, "{}"u8));
        Assert.Equal(good, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Write_FolderIsMissing_IsAStorageFault() => Assert.Throws<StorageException>(
        () => KeystoreFile.Write(Path.Combine(_folder, "missing", "a.json"), Keystore.Encrypt([1], "pw", Settings())));

    [Fact]
    public void Read_TruncatedOrEndlessFile_IsMalformed()
    {
        byte[] good = Keystore.Encrypt([1], "pw", Settings());
        File.WriteAllBytes(FilePath, good[..^10]);
        Assert.Equal(KeystoreStatus.Malformed, KeystoreFile.Read(FilePath, out Keystore? keystore));
        Assert.Null(keystore);

        File.WriteAllBytes(FilePath, [.. good, .. Enumerable.Repeat((byte)' ', Keystore.MaxFileSize)]);
        Assert.Equal(KeystoreStatus.Malformed, KeystoreFile.Read(FilePath, out _));
        Assert.ThrowsAny<IOException>(() => KeystoreFile.Read(Path.Combine(_folder, "other.json"), out _));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static KeystoreSettings Settings() => new()
    {
        Salt = new byte[32],
        Iv = new byte[16],
        Uuid = new byte[16],
        Kdf = new KeystoreKdf.Pbkdf2(2),
    };
}
