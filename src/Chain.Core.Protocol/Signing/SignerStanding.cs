namespace Chain.Core.Protocol;

/// <summary>Whether a node signs for consensus, and why it does not.</summary>
public enum SignerStanding
{
    /// <summary>It signs whatever is above its marks.</summary>
    Signs = 0,

    /// <summary>It has no key.</summary>
    NoKey,

    /// <summary>
    /// The store does not know this key, and nobody said that it is new: an earlier store may have signed with it. Import
    /// its marks, or say <see cref="FullNodeOptions.SignerIsNew"/>.
    /// </summary>
    UnknownKey,

    /// <summary>The store was signed from beside a witness, which is gone. Import the marks anew.</summary>
    WitnessLost,
}
