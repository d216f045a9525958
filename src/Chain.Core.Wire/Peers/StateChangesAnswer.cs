namespace Chain.Core.Wire;

/// <summary>What a peer says that was asked what a block changed in the state.</summary>
public enum StateChangesAnswer : byte
{
    /// <summary>The changes.</summary>
    Given = 0,

    /// <summary>It does not have them, or no longer, or does not give them now.</summary>
    NotKept = 1,

    /// <summary>They are larger than <see cref="WireLimits.StateChangesBytes"/>.</summary>
    TooMany = 2,
}
