namespace Chain.Core.Gossip;

/// <summary>
/// What guards the machine against its peers, each of which a test can switch off: an attack that a machine without
/// its guard survives as well would prove nothing.
/// </summary>
internal sealed record Protections
{
    public static Protections All { get; } = new();

    /// <summary>Hellos for another network or genesis are refused.</summary>
    public bool ChecksChain { get; init; } = true;

    /// <summary>Peers have allowances.</summary>
    public bool ChargesBudgets { get; init; } = true;

    /// <summary>What no correct peer does costs points and the connection.</summary>
    public bool KeepsScores { get; init; } = true;

    /// <summary>What was received once, or was not asked for, is not taken.</summary>
    public bool RefusesDuplicates { get; init; } = true;

    /// <summary>A body is that of its header.</summary>
    public bool ComparesRoots { get; init; } = true;

    /// <summary>Short ids that stand for other transactions are nobody's fault.</summary>
    public bool ForgivesCollisions { get; init; } = true;

    /// <summary>What a peer lets lie is asked of others.</summary>
    public bool GivesUpStalled { get; init; } = true;
}
