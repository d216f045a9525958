namespace Chain.Core.Ledger;

/// <summary>Why a transaction that waited was given up.</summary>
public enum DropReason
{
    /// <summary>Others pay more per byte and there is no room for all.</summary>
    Evicted,

    /// <summary>The sender replaced it.</summary>
    Replaced,

    /// <summary>A block holds another transaction of the sender with this nonce.</summary>
    Conflicted,

    /// <summary>The chain is beyond the last height at which it was valid, or it waited too long.</summary>
    Expired,

    /// <summary>The sender can no longer pay for it.</summary>
    Unaffordable,

    /// <summary>It can be in no block for another reason.</summary>
    Unusable,

    /// <summary>The chain went back on its operator's command, and everything that waited was forgotten.</summary>
    Reverted,
}
