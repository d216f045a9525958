using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>What the relay of transactions remembers of a peer.</summary>
internal sealed class PeerRelay
{
    /// <summary>How much of the <see cref="AdmittedLog"/> the peer was told.</summary>
    public long Told { get; set; }

    /// <summary>Whether the peer was told nothing yet: what it is told first may have left the pool long ago.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>When it is told the rest; null where there is no rest.</summary>
    public Instant? FlushAt { get; set; }

    /// <summary>Transactions that the peer asked for and is to be sent.</summary>
    public Queue<TransactionId> Requested { get; } = new();

    /// <summary>Transactions that the peer is asked for.</summary>
    public int Asked { get; set; }

    /// <summary>Requests that timed out and may still be answered: that many late answers are no offence.</summary>
    public int LateAnswers { get; set; }

    /// <summary>Goes up with deliveries and down with what was announced and not delivered.</summary>
    public int Trust { get; set; }
}
