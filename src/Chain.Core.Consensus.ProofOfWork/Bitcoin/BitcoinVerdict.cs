namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>Whether a header of Bitcoin is valid after the one before.</summary>
public enum BitcoinVerdict
{
    /// <summary>Every rule that headers alone can show holds.</summary>
    Valid = 0,

    /// <summary>It does not name the header before as its parent.</summary>
    WrongParent,

    /// <summary>The target is not the one that is due.</summary>
    WrongTarget,

    /// <summary>The hash is above the target, or the target is none.</summary>
    NoWork,

    /// <summary>The time is not after the median of the eleven before.</summary>
    TimeTooOld,

    /// <summary>The time is after the latest that the caller allows.</summary>
    TimeTooNew,
}
