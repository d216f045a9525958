namespace Chain.Core.Gossip;

/// <summary>What the block tree made of a batch of headers.</summary>
public enum HeadersVerdict
{
    /// <summary>All are in the tree now, or were before.</summary>
    Accepted = 0,

    /// <summary>The parent of the first one is not in the tree: the peer is asked for what lies between.</summary>
    UnknownParent,

    /// <summary>One of them breaks a rule that a correct peer checks.</summary>
    Invalid,

    /// <summary>They are not taken, and a correct peer may have sent them: too far in the future, too little work for the memory.</summary>
    Ignored,
}
