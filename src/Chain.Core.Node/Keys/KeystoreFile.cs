using Chain.Core.Crypto;
using Chain.Core.Storage;

namespace Chain.Core.Node;

/// <summary>Files of encrypted secrets (<see cref="Keystore"/>): readable by their owner only, whole or not there at all.</summary>
public static class KeystoreFile
{
    /// <summary>
    /// Replaces the file with mode 0600 from its first byte on, atomically; when this returns, it survives a loss of power.
    /// </summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="keystore">What <see cref="Keystore.Encrypt"/> made.</param>
    /// <exception cref="ArgumentException">The bytes are not a keystore: nothing else is written under this name.</exception>
    /// <exception cref="StorageException">The file was not replaced, or the disk did not confirm it.</exception>
    public static void Write(string path, ReadOnlySpan<byte> keystore)
    {
        if (Keystore.Read(keystore, out _) is var status && status != KeystoreStatus.Ok)
        {
            throw new ArgumentException($"These bytes are no keystore ({status}).", nameof(keystore));
        }

        AtomicFile.Write(path, keystore, ownerOnly: true);
    }

    /// <summary>Reads a file; no password is needed yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keystore">Null where the result is not <see cref="KeystoreStatus.Ok"/>.</param>
    /// <exception cref="IOException">The file is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static KeystoreStatus Read(string path, out Keystore? keystore)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = File.OpenRead(path);

        // One byte more than a keystore has at most tells a longer file without reading it.
        var bytes = new byte[Keystore.MaxFileSize + 1];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Keystore.Read(bytes.AsSpan(0, length), out keystore);
    }
}
