using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>A transaction that one peer is asked for.</summary>
internal sealed class AskedTransaction(TransactionId id)
{
    private List<ConnectionId>? _others;

    public TransactionId Id { get; } = id;

    public ConnectionId AskedOf { get; set; }

    public Instant Due { get; set; }

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
}
