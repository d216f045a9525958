namespace Chain.Core.Simulation.Laboratory;

/// <summary>An adversary of a scenario.</summary>
public sealed record AdversaryPlan
{
    /// <summary>What it does.</summary>
    public AdversaryKind Kind { get; init; }

    /// <summary>Of an eclipse: how many addresses the attacker has. One half dials the victim, the other waits to be dialled.</summary>
    /// <value>64 by default, a half of which fill the 32 slots for connections of others; 2 to 512.</value>
    public int Addresses { get; init; } = 64;

    /// <summary>Of a spammer: how many transactions a second it hands in.</summary>
    /// <value>100 by default; above 0, at most 100,000.</value>
    public double Rate { get; init; } = 100;

    /// <summary>Of a double spender: how many blocks its payees wait for. It gives up when it is more than 15 blocks behind.</summary>
    /// <value>6 by default; 1 to 1,000.</value>
    public int Confirmations { get; init; } = 6;
}
