namespace Chain.Core.Ledger;

/// <summary>What is known of the changes that a block makes at a node that holds it for valid, where it makes others here.</summary>
public enum OtherChanges
{
    /// <summary>No node was asked: none that may be asked is connected, or one was asked just before.</summary>
    NotAsked = 0,

    /// <summary>The node that was asked did not answer in time, or went.</summary>
    NoAnswer,

    /// <summary>It does not have them, or no longer.</summary>
    NotKept,

    /// <summary>They are larger than what is sent for this purpose.</summary>
    TooMany,

    /// <summary>What it sent does not lead from the state of the parent to the state root of the block: it proves nothing.</summary>
    Unproven,

    /// <summary>What it sent leads from the state of the parent to the state root of the block.</summary>
    Proven,
}
