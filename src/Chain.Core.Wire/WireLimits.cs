namespace Chain.Core.Wire;

/// <summary>The stated maximum of every length and count on the wire. A reader checks it before it allocates.</summary>
public static class WireLimits
{
    /// <summary>Largest transaction in bytes, signature included.</summary>
    public const int TransactionBytes = 64 * 1024;

    /// <summary>Smallest transaction in bytes, below what any real scheme needs: a few bytes must not decode to a large object.</summary>
    public const int MinTransactionBytes = 80;

    /// <summary>Largest arguments of one call in bytes.</summary>
    public const int ArgumentBytes = 48 * 1024;

    /// <summary>Longest module or method name in UTF-8 bytes.</summary>
    public const int NameBytes = 32;

    /// <summary>Largest public key in bytes; ML-DSA-65 has 1,952.</summary>
    public const int PublicKeyBytes = 2048;

    /// <summary>Largest signature in bytes; ML-DSA-65 has 3,309.</summary>
    public const int SignatureBytes = 3584;

    /// <summary>Largest seal of a header in bytes: a certificate of a few hundred signatures fits.</summary>
    public const int SealBytes = 32 * 1024;

    /// <summary>Largest block in bytes.</summary>
    public const int BlockBytes = 4 * 1024 * 1024;

    /// <summary>Most transactions in a block.</summary>
    public const int BlockTransactions = 32 * 1024;

    /// <summary>Largest compact block in bytes: the short ids of the most transactions take 192 KiB of it.</summary>
    public const int CompactBlockBytes = 512 * 1024;

    /// <summary>Most ids in an announcement, a request or a refusal.</summary>
    public const int InventoryIds = 1024;

    /// <summary>Most headers in one answer.</summary>
    public const int Headers = 512;

    /// <summary>Most ids in the locator of a header request.</summary>
    public const int LocatorIds = 64;

    /// <summary>Most transactions in one delivery.</summary>
    public const int DeliveredTransactions = 1024;

    /// <summary>Most addresses in one answer.</summary>
    public const int Addresses = 256;

    /// <summary>Largest message of a consensus engine in bytes.</summary>
    public const int ConsensusBytes = 64 * 1024;

    /// <summary>What a block changed in the state, as one peer tells another, in bytes.</summary>
    public const int StateChangesBytes = 256 * 1024;

    /// <summary>Longest user agent or reason in UTF-8 bytes.</summary>
    public const int TextBytes = 128;
}
