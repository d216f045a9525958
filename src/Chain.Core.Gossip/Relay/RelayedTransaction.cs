using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>A transaction that a peer is asked for, or that was received lately, and which peers have it.</summary>
internal sealed class RelayedTransaction(TransactionId id)
{
    private List<ConnectionId>? _others;

    /// <summary>Peers that announced it, delivered it, or were told of it.</summary>
    public PeerMarks Known;

    /// <summary>Peers that it was sent to.</summary>
    public PeerMarks Served;

    public TransactionId Id { get; } = id;

    public RelayedState State { get; set; }

    /// <summary>Who is asked for it, while somebody is.</summary>
    public ConnectionId AskedOf { get; set; }

    /// <summary>When it came into the pool; the beginning of time where it did not.</summary>
    public Instant AdmittedAt { get; set; }

    /// <summary>Until when that peer has time.</summary>
    public Instant Due { get; set; }

    /// <summary>Neighbours in the <see cref="RelayList"/> of its state.</summary>
    public RelayedTransaction? Previous { get; set; }

    public RelayedTransaction? Next { get; set; }

    /// <summary>Remembers another peer that announced the transaction.</summary>
    public void AddAnnouncer(ConnectionId announcer, int max)
    {
        if (announcer != AskedOf && (_others?.Count ?? 0) < max && _others?.Contains(announcer) != true)
        {
            (_others ??= []).Add(announcer);
        }
    }

    /// <summary>Takes the announcer that was remembered first; false where there is none.</summary>
    public bool TryTakeAnnouncer(out ConnectionId announcer)
    {
        announcer = default;
        if (_others is not { Count: > 0 } others)
        {
            return false;
        }

        announcer = others[0];
        others.RemoveAt(0);
        return true;
    }

    /// <summary>Who else announced it matters no more.</summary>
    public void ForgetAnnouncers() => _others = null;
}
