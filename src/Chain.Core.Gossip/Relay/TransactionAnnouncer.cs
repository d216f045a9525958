using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Announces pooled transactions in batches to the peers that are not known to have them.</summary>
internal sealed class TransactionAnnouncer(RelayOptions options, PeerSet peers, IChainView chain)
{
    private readonly Queue<TransactionId> _recent = new();
    private readonly WakeUp _wakeUp = new(TimerKind.AnnounceTransactions);

    public void OnAdmitted(IReadOnlyList<TransactionId> ids, ConnectionId? origin, in Step step)
    {
        foreach (TransactionId id in ids)
        {
            Remember(id);
        }

        foreach (Peer peer in peers.All)
        {
            if (peer.IsReady && peer.Id != origin)
            {
                Enqueue(peer, ids, step);
            }
        }
    }

    /// <summary>A new peer hears of the transactions that were admitted last and are pooled still.</summary>
    public void OnReady(Peer peer, in Step step)
    {
        var pooled = new List<TransactionId>();
        foreach (TransactionId id in _recent)
        {
            if (chain.TryGetTransaction(id, out _))
            {
                pooled.Add(id);
            }
        }

        Enqueue(peer, pooled, step);
    }

    public void OnTimer(in Step step)
    {
        _wakeUp.OnFired();
        foreach (Peer peer in peers.All)
        {
            if (peer.IsReady)
            {
                FlushIfDue(peer, step);
            }
        }
    }

    public void OnDrained(Peer peer, in Step step) => FlushIfDue(peer, step);

    private void Enqueue(Peer peer, IReadOnlyList<TransactionId> ids, in Step step)
    {
        if (ids.Count == 0 || !peer.Hello!.Capabilities.HasFlag(PeerCapabilities.TransactionRelay))
        {
            return;
        }

        if (peer.Relay.Outbox.Count == 0)
        {
            // Of two peers that both learnt of it, the one that speaks first spares the other the words.
            peer.Relay.FlushAt = step.Now + new TimeSpan((long)step.Random.NextBelow((ulong)options.AnnounceInterval.Ticks) + 1);
            _wakeUp.By(peer.Relay.FlushAt, step);
        }

        foreach (TransactionId id in ids)
        {
            // What finds no room while the peer takes no bytes, the peer hears of from others.
            if (peer.Relay.Outbox.Count < WireLimits.InventoryIds)
            {
                peer.Relay.Outbox.Add(id);
            }

            if (peer.Relay.Outbox.Count >= WireLimits.InventoryIds && !peer.IsCongested)
            {
                Flush(peer, step);
            }
        }
    }

    private void FlushIfDue(Peer peer, in Step step)
    {
        if (peer.Relay.Outbox.Count == 0 || peer.IsCongested)
        {
            return;
        }

        if (peer.Relay.FlushAt <= step.Now)
        {
            Flush(peer, step);
        }
        else
        {
            _wakeUp.By(peer.Relay.FlushAt, step);
        }
    }

    /// <summary>Announces what the peer has not announced itself meanwhile.</summary>
    private static void Flush(Peer peer, in Step step)
    {
        var unknown = new List<TransactionId>(peer.Relay.Outbox.Count);
        foreach (TransactionId id in peer.Relay.Outbox)
        {
            if (peer.Known.Add(id.Value))
            {
                unknown.Add(id);
            }
        }

        peer.Relay.Outbox.Clear();
        if (unknown.Count > 0)
        {
            step.Effects.Send(peer.Id, new PeerMessage.AnnounceTransactions(unknown));
        }
    }

    private void Remember(TransactionId id)
    {
        if (_recent.Count >= WireLimits.InventoryIds)
        {
            _recent.Dequeue();
        }

        _recent.Enqueue(id);
    }
}
