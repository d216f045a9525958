using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Announces pooled transactions in batches to the peers that are not known to have them.</summary>
internal sealed class TransactionAnnouncer(RelayOptions options, PeerSet peers, IChainView chain)
{
    private readonly Queue<TransactionId> _recent = new();
    private bool _isScheduled;

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

    public void OnFlush(in Step step)
    {
        _isScheduled = false;
        foreach (Peer peer in peers.All)
        {
            if (peer.IsReady)
            {
                Flush(peer, step);
            }
        }
    }

    private void Enqueue(Peer peer, IReadOnlyList<TransactionId> ids, in Step step)
    {
        if (!peer.Hello!.Capabilities.HasFlag(PeerCapabilities.TransactionRelay))
        {
            return;
        }

        foreach (TransactionId id in ids)
        {
            if (!peer.Known.Add(id.Value))
            {
                continue;
            }

            peer.Relay.Outbox.Add(id);
            if (peer.Relay.Outbox.Count >= WireLimits.InventoryIds)
            {
                Flush(peer, step);
            }
        }

        if (peer.Relay.Outbox.Count > 0)
        {
            Schedule(step);
        }
    }

    private static void Flush(Peer peer, in Step step)
    {
        if (peer.Relay.Outbox.Count > 0)
        {
            step.Effects.Send(peer.Id, new PeerMessage.AnnounceTransactions(peer.Relay.Outbox.ToArray()));
            peer.Relay.Outbox.Clear();
        }
    }

    private void Schedule(in Step step)
    {
        if (!_isScheduled)
        {
            _isScheduled = true;
            long half = (options.AnnounceInterval.Ticks / 2) + 1;
            var wait = new TimeSpan(half + (long)step.Random.NextBelow((ulong)half));
            step.Effects.SetTimer(new TimerKey(TimerKind.Announce), step.Now + wait);
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
