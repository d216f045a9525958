namespace Chain.Core.Crypto;

/// <summary>What a new keystore holds beside the secret, and the entropy for it, which the caller brings.</summary>
public sealed record KeystoreSettings
{
    /// <summary>Length of <see cref="Salt"/> in bytes.</summary>
    public const int SaltSize = 32;

    /// <summary>Length of <see cref="Iv"/> in bytes.</summary>
    public const int IvSize = 16;

    /// <summary>Length of <see cref="Uuid"/> in bytes.</summary>
    public const int UuidSize = 16;

    /// <summary>The longest description, path or public key in characters.</summary>
    public const int MaxTextLength = 4096;

    /// <summary>32 random bytes.</summary>
    public required ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>16 random bytes.</summary>
    public required ReadOnlyMemory<byte> Iv { get; init; }

    /// <summary>16 random bytes, which become a UUID of version 4.</summary>
    public required ReadOnlyMemory<byte> Uuid { get; init; }

    /// <summary>How the password becomes a key.</summary>
    /// <value><see cref="KeystoreKdf.Default"/> by default; must be acceptable.</value>
    public KeystoreKdf Kdf { get; init; } = KeystoreKdf.Default;

    /// <summary>Where the secret stands in a tree of keys.</summary>
    /// <value>Empty by default, where it stands in none.</value>
    public string Path { get; init; } = "";

    /// <summary>The public key, in the open, so that a file can be found without its password.</summary>
    /// <value>Empty by default.</value>
    public ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>A remark for people, in the open.</summary>
    /// <value>Empty by default.</value>
    public string Description { get; init; } = "";

    internal void Check()
    {
        Sizes.Require(Salt.Length, SaltSize, nameof(Salt));
        Sizes.Require(Iv.Length, IvSize, nameof(Iv));
        Sizes.Require(Uuid.Length, UuidSize, nameof(Uuid));
        ArgumentNullException.ThrowIfNull(Path);
        ArgumentNullException.ThrowIfNull(Description);
        ArgumentNullException.ThrowIfNull(Kdf);
        if (Path.Length > MaxTextLength || Description.Length > MaxTextLength || PublicKey.Length > MaxTextLength / 2)
        {
            throw new ArgumentException($"A text is longer than {MaxTextLength} characters.");
        }

        if (!Kdf.IsAcceptable)
        {
            throw new ArgumentException("The cost of the key derivation is outside of its limits.");
        }
    }
}
