using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Chain.Core.App.Errors;
using Chain.Core.App.Home;
using Chain.Core.Crypto;
using Chain.Core.Node;
using Chain.Core.Wire;

namespace Chain.Core.App.Keys;

/// <summary>
/// A key of the node in a keystore of its own (ERC-2335, mode 0600): the seed of an Ed25519 key. What it is for stands in the
/// keystore's description. A key that was made here, and nowhere else, has a file <c>name.new</c> beside it.
/// </summary>
internal sealed partial class KeyFile
{
    private const string Extension = ".json";
    private const string ValidatorKind = "validator";
    private const string AccountKind = "account";

    private KeyFile(string path, Keystore keystore)
    {
        Path = path;
        Keystore = keystore;
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
    }

    public string Name { get; }

    public string Path { get; }

    public Keystore Keystore { get; }

    public bool IsValidator => Keystore.Description == ValidatorKind;

    public string Kind => IsValidator ? ValidatorKind : AccountKind;

    public ReadOnlyMemory<byte> PublicKey => Keystore.PublicKey;

    public AccountAddress Address => AccountAddress.FromKey(SignatureSchemeTag.Ed25519, PublicKey.Span);

    /// <summary>What the key last signed, so that no copy of the data can make it sign twice.</summary>
    public string WitnessFile => System.IO.Path.ChangeExtension(Path, ".signed");

    /// <summary>Says that the key was made on this machine.</summary>
    public string NewFile => System.IO.Path.ChangeExtension(Path, ".new");

    /// <summary>Whether the key has never signed: it was made here, and there is no record of a signature.</summary>
    public bool IsNew => File.Exists(NewFile) && !File.Exists(WitnessFile);

    /// <summary>Every key of a node, by name.</summary>
    /// <exception cref="UsageException">A file in the folder is no keystore.</exception>
    public static IEnumerable<KeyFile> List(NodeHome home) => !Directory.Exists(home.KeysFolder)
        ? []
        : Directory.EnumerateFiles(home.KeysFolder, $"*{Extension}").Order(StringComparer.Ordinal).Select(Read);

    /// <summary>The key of this name.</summary>
    /// <exception cref="UsageException">There is none, or its file does not read.</exception>
    public static KeyFile Find(NodeHome home, string name)
    {
        string path = PathOf(home, name);
        if (File.Exists(path))
        {
            return Read(path);
        }

        string? near = Nearest.To(name, List(home).Select(static key => key.Name));
        throw new UsageException(FaultCode.Key, $"there is no key '{name}' in {home.KeysFolder}", null, near is null ? "'keys list' shows those that are there" : $"did you mean {near}?");
    }

    /// <summary>Where the key of this name is or would be.</summary>
    /// <exception cref="UsageException">The name is none.</exception>
    public static string PathOf(NodeHome home, string name) => Names().IsMatch(name)
        ? System.IO.Path.Combine(home.KeysFolder, name + Extension)
        : throw new UsageException(FaultCode.Key, $"'{name}' is no name of a key", "1 to 64 letters, digits, - or _");

    /// <summary>Writes a new key; never over another one.</summary>
    /// <param name="home">The node.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="isValidator">Whether it is to vote.</param>
    /// <param name="seed">The secret, 32 bytes; stays the caller's to wipe.</param>
    /// <param name="passphrase">Opens the file.</param>
    /// <param name="kdf">What the passphrase costs to try.</param>
    public static KeyFile Create(NodeHome home, string name, bool isValidator, ReadOnlySpan<byte> seed, string passphrase, KeystoreKdf kdf)
    {
        string path = PathOf(home, name);
        RequireFree(path);
        using var key = new Ed25519PrivateKey(seed);
        byte[] file = Keystore.Encrypt(seed, passphrase, new KeystoreSettings
        {
            Salt = RandomNumberGenerator.GetBytes(KeystoreSettings.SaltSize),
            Iv = RandomNumberGenerator.GetBytes(KeystoreSettings.IvSize),
            Uuid = RandomNumberGenerator.GetBytes(KeystoreSettings.UuidSize),
            Kdf = kdf,
            PublicKey = key.PublicKey,
            Description = isValidator ? ValidatorKind : AccountKind,
        });
        OwnFolder.Make(home.KeysFolder);
        KeystoreFile.Write(path, file);
        return Read(path);
    }

    /// <summary>Refuses a place that holds a key already.</summary>
    public static void RequireFree(string path)
    {
        if (File.Exists(path))
        {
            throw new UsageException(FaultCode.Key, $"{path} is there already, and a key is never overwritten", null, "name another one with --name, or move the file away");
        }
    }

    /// <summary>Opens the key.</summary>
    /// <returns>The seed, which the caller wipes.</returns>
    /// <exception cref="UsageException">The passphrase is wrong.</exception>
    public byte[] Open(string passphrase) =>
        Keystore.TryDecrypt(passphrase, static seed => PublicKeyOf(seed), out byte[]? seed) && seed.Length == Ed25519PrivateKey.SeedSize
            ? seed
            : throw new UsageException(FaultCode.Passphrase, $"the passphrase does not open {Path}, or the file is damaged");

    /// <summary>Reads a file; no passphrase is needed.</summary>
    public static KeyFile Read(string path)
    {
        KeystoreStatus status = KeystoreFile.Read(path, out Keystore? keystore);
        return status == KeystoreStatus.Ok && keystore!.PublicKey.Length == Hash256.Size
            ? new KeyFile(path, keystore)
            : throw new UsageException(FaultCode.Key, $"{path} is no keystore of an Ed25519 key ({status})", "a file that 'keys new' or 'keys export' wrote");
    }

    private static byte[] PublicKeyOf(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != Ed25519PrivateKey.SeedSize)
        {
            return [];
        }

        using var key = new Ed25519PrivateKey(seed);
        return key.PublicKey.ToArray();
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex Names();
}
