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
    /// <param name="Connection">The connection.</param>
    /// <param name="Reason">Why, for people.</param>
    /// <param name="BrokeProtocol">Whether it was cut because the peer itself sent bytes that no decoder accepts.</param>
    public sealed record Disconnected(ConnectionId Connection, string Reason, bool BrokeProtocol = false) : HostInput;

    /// <summary>
    /// Much waits to be sent on the connection. Until it is drained the machine should send only what is urgent:
    /// a connection on which more and more waits is cut. Hosts without such a limit never say it.
    /// </summary>
    public sealed record Congested(ConnectionId Connection) : HostInput;

    /// <summary>Little waits to be sent any more on a connection that was said to be congested.</summary>
    public sealed record Drained(ConnectionId Connection) : HostInput;

    /// <summary>A message arrived, well formed and otherwise anybody's.</summary>
    public sealed record Received(ConnectionId Connection, PeerMessage Message) : HostInput;

    /// <summary>A timer is due.</summary>
    public sealed record TimerFired(TimerKey Key) : HostInput;

    /// <summary>An offloaded job is done.</summary>
    public sealed record JobFinished(JobId Job, JobResult Result) : HostInput;

    /// <summary>The user of this node hands in a transaction.</summary>
    public sealed record Submitted(Transaction Transaction) : HostInput;

    /// <summary>The node stops in order: the last input. Only writes are carried out after it.</summary>
    public sealed record Stopping : HostInput;

    /// <summary>The operator of this node gives a command to the consensus engine.</summary>
    public sealed record Commanded(string Command) : HostInput;
}
