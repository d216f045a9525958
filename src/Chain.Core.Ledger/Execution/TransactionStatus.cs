namespace Chain.Core.Ledger;

/// <summary>What became of the call of a transaction that is in a block. The fee is paid and the nonce used in every case.</summary>
public enum TransactionStatus
{
    /// <summary>The call did what it was asked.</summary>
    Applied = 0,

    /// <summary>The call refused, or broke down; what it changed is undone.</summary>
    Failed = 1,

    /// <summary>The chain has no such module or method.</summary>
    UnknownCall = 2,

    /// <summary>The arguments are not what the method takes.</summary>
    BadArguments = 3,

    /// <summary>The call cost more than a transaction may; what it changed is undone.</summary>
    CostExceeded = 4,
}
