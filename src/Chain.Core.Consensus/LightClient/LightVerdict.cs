namespace Chain.Core.Consensus;

/// <summary>What a light client says of a block.</summary>
public enum LightVerdict
{
    /// <summary>It is final, and what the client trusts from now on.</summary>
    Trusted = 0,

    /// <summary>It is what the client trusts already.</summary>
    AlreadyTrusted,

    /// <summary>What the client trusts is older than the trust period: it needs a new checkpoint.</summary>
    TrustExpired,

    /// <summary>The block's time is in the future.</summary>
    TimeTooNew,

    /// <summary>The block is not above the trusted one.</summary>
    TooLow,

    /// <summary>The time is not after that of the trusted block below it.</summary>
    TimeTooOld,

    /// <summary>Into another epoch the client needs that epoch's first block.</summary>
    NeedsFirstOfEpoch,

    /// <summary>The validators are not those of the epoch.</summary>
    WrongValidators,

    /// <summary>The certificate does not make the block final.</summary>
    InvalidCertificate,

    /// <summary>Too little of the stake that the client trusts signed: it needs a block of an epoch between.</summary>
    TooFarAhead,
}
