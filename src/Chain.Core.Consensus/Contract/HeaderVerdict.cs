namespace Chain.Core.Consensus;

/// <summary>Whether a header is valid where it stands.</summary>
public enum HeaderVerdict
{
    /// <summary>Every rule holds.</summary>
    Valid = 0,

    /// <summary>The height is not its parent's plus one.</summary>
    WrongHeight,

    /// <summary>The version is none that these rules know.</summary>
    WrongVersion,

    /// <summary>The seal is not in the form of the engine.</summary>
    MalformedSeal,

    /// <summary>The seal does not do what the rules ask of it: too little work, wrong difficulty, wrong signer.</summary>
    InvalidSeal,

    /// <summary>The time is not after what the rules compare it with.</summary>
    TimeTooOld,

    /// <summary>The time is too far in the future; the header can become valid later.</summary>
    TimeTooNew,

    /// <summary>The history root is not that of the headers before.</summary>
    WrongHistory,

    /// <summary>An ancestor of the block was judged invalid.</summary>
    InvalidAncestor,
}
