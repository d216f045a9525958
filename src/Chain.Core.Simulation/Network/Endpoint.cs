using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>One end of a simulated connection.</summary>
internal sealed class Endpoint(SimulatedNode owner, ConnectionId id, ulong incarnation)
{
    public SimulatedNode Owner { get; } = owner;

    public ConnectionId Id { get; } = id;

    /// <summary>Which life of the owner opened it; a restarted node knows nothing of it.</summary>
    public ulong Incarnation { get; } = incarnation;

    public Endpoint Other { get; private set; } = null!;

    /// <summary>Messages to <see cref="Other"/> arrive in order: none before this time.</summary>
    public Instant LastArrival { get; set; }

    /// <summary>The link to <see cref="Other"/> is busy with earlier messages until then.</summary>
    public Instant LinkFreeAt { get; set; }

    public bool IsOpen { get; set; } = true;

    public static void Join(Endpoint one, Endpoint other)
    {
        one.Other = other;
        other.Other = one;
    }
}
