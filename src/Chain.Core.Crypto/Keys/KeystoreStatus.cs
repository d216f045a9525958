namespace Chain.Core.Crypto;

/// <summary>What became of reading a keystore.</summary>
public enum KeystoreStatus
{
    /// <summary>All is well.</summary>
    Ok = 0,

    /// <summary>The bytes are not a keystore of ERC-2335.</summary>
    Malformed = 1,

    /// <summary>A keystore of another version, or with a function that is not offered here.</summary>
    Unsupported = 2,

    /// <summary>The file asks for more work or memory than <see cref="KeystoreKdf"/> allows, or for what cannot be.</summary>
    TooCostly = 3,
}
