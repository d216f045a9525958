namespace Chain.Core.Consensus;

/// <summary>What became of a header that was offered to the tree.</summary>
public enum AddHeaderStatus
{
    /// <summary>It is in the tree now.</summary>
    Added = 0,

    /// <summary>It was in the tree before.</summary>
    AlreadyKnown,

    /// <summary>Its parent is not in the tree. The tree keeps no orphans: ask for the headers between.</summary>
    UnknownParent,

    /// <summary>It breaks a rule; the verdict says which.</summary>
    Invalid,

    /// <summary>It branches off below the finalized block and can never count.</summary>
    BelowFinalized,

    /// <summary>It contradicts a checkpoint.</summary>
    AgainstCheckpoint,

    /// <summary>Its source has sent as many unjudged headers of little work as it may; offer it again when the head has moved.</summary>
    OverBudget,
}
