using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>One end of a simulated connection. Its owner's steps change it, and those of nobody else.</summary>
internal sealed class Endpoint(SimulatedNode owner, ulong incarnation)
{
    public SimulatedNode Owner { get; } = owner;

    /// <summary>What the owner calls it, once it is open here.</summary>
    public ConnectionId Id { get; set; }

    /// <summary>Which life of the owner opened it; a restarted node knows nothing of it.</summary>
    public ulong Incarnation { get; } = incarnation;

    public Endpoint Other { get; private set; } = null!;

    /// <summary>The owner of <see cref="Other"/>, whose end itself is not looked at where something is sent.</summary>
    public SimulatedNode Peer { get; private set; } = null!;

    /// <summary>Where <see cref="Peer"/> is sent to.</summary>
    public NodePlace PeerPlace { get; private set; }

    /// <summary>Messages to <see cref="Other"/> arrive in order: none before this time.</summary>
    public Instant LastArrival { get; set; }

    /// <summary>The link to <see cref="Other"/> is busy with earlier messages until then.</summary>
    public Instant LinkFreeAt { get; set; }

    /// <summary>Whether the owner's machine knows it: it was told of it, and neither closed nor lost it.</summary>
    public bool IsListed { get; set; }

    /// <summary>False once something went wrong between the two ends: nothing more is sent.</summary>
    public bool IsCut { get; set; }

    public static void Join(Endpoint one, Endpoint other)
    {
        one.Lead(other);
        other.Lead(one);
    }

    private void Lead(Endpoint other)
    {
        Other = other;
        Peer = other.Owner;
        PeerPlace = Peer.Place;
    }
}
