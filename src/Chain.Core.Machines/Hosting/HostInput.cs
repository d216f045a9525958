using Chain.Core.Wire;

namespace Chain.Core.Machines;

/// <summary>What a host tells the machine of a whole node. The production host and the simulator speak the same words.</summary>
public abstract record HostInput
{
    private protected HostInput()
    {
    }

    /// <summary>The first input, once.</summary>
    public sealed record Started : HostInput;

    /// <summary>A connection is open, its handshake done.</summary>
    public sealed record Connected(PeerConnection Connection) : HostInput;

    /// <summary>A dial came to nothing.</summary>
    public sealed record DialFailed(PeerAddress Address) : HostInput;

    /// <summary>A connection is gone; not told for those that the machine closed.</summary>
    public sealed record Disconnected(ConnectionId Connection, string Reason) : HostInput;

    /// <summary>A message arrived, well formed and otherwise anybody's.</summary>
    public sealed record Received(ConnectionId Connection, PeerMessage Message) : HostInput;

    /// <summary>A timer is due.</summary>
    public sealed record TimerFired(TimerKey Key) : HostInput;

    /// <summary>An offloaded job is done.</summary>
    public sealed record JobFinished(JobId Job, JobResult Result) : HostInput;

    /// <summary>The user of this node hands in a transaction.</summary>
    public sealed record Submitted(Transaction Transaction) : HostInput;

    /// <summary>The operator of this node gives a command to the consensus engine.</summary>
    public sealed record Commanded(string Command) : HostInput;
}
