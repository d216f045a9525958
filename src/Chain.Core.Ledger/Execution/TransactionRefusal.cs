namespace Chain.Core.Ledger;

/// <summary>Why a transaction is not taken, into a block or into the mempool.</summary>
public enum TransactionRefusal
{
    /// <summary>It is taken.</summary>
    None = 0,

    /// <summary>It has more bytes than the chain allows.</summary>
    TooLarge,

    /// <summary>The chain does not accept its signature scheme.</summary>
    UnknownScheme,

    /// <summary>The signature is not the sender's, for this chain.</summary>
    BadSignature,

    /// <summary>The chain is beyond the last height at which it was valid.</summary>
    Expired,

    /// <summary>The fee is below what this chain or node asks.</summary>
    FeeTooLow,

    /// <summary>The sender cannot pay the fee.</summary>
    FeeUnaffordable,

    /// <summary>A transaction of the sender with this nonce was applied before.</summary>
    NonceUsed,

    /// <summary>Transactions of the sender that come before this one are missing.</summary>
    NonceGap,

    /// <summary>The chain has no such module or method, or its arguments do not decode.</summary>
    BadCall,

    /// <summary>It does not fit what is left of the block.</summary>
    BlockFull,

    /// <summary>It is known already.</summary>
    Duplicate,

    /// <summary>The mempool is full of transactions that pay more per byte.</summary>
    PoolFull,

    /// <summary>The sender has too many transactions waiting.</summary>
    SenderFull,

    /// <summary>It would replace another one without paying enough more.</summary>
    ReplacementTooCheap,
}
