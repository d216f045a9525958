using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Announces pooled transactions in batches to the peers that are not known to have them.</summary>
internal sealed class TransactionAnnouncer(RelayOptions options, PeerSet peers, TransactionBook book, IChainView chain)
{
    private readonly AdmittedLog _log = new();
    private readonly WakeUp _wakeUp = new(TimerKind.AnnounceTransactions);

    /// <summary>Up to here every peer that takes bytes was told.</summary>
    private long _toldAll;

    public void OnAdmitted(IReadOnlyList<TransactionId> ids, in Step step)
    {
        for (int i = 0; i < ids.Count; i++)
        {
            if (_log.End - _toldAll >= AdmittedLog.Capacity)
            {
                FlushAll(step);
            }

            RelayedTransaction admitted = book.See(ids[i]);
            admitted.AdmittedAt = step.Now;
            _log.Append(admitted);
        }

        foreach (Peer peer in peers.All)
        {
            Plan(peer, step);
        }
    }

    /// <summary>A new peer hears of the transactions that were admitted last and are pooled still.</summary>
    public void OnReady(Peer peer, in Step step) => Plan(peer, step);

    public void OnTimer(in Step step)
    {
        _wakeUp.OnFired();
        foreach (Peer peer in peers.All)
        {
            FlushIfDue(peer, step);
        }
    }

    public void OnDrained(Peer peer, in Step step) => FlushIfDue(peer, step);

    private static bool Listens(Peer peer) =>
        peer.IsReady && (peer.Hello!.Capabilities & PeerCapabilities.TransactionRelay) != 0;

    /// <summary>Draws when the peer is told what it was not told yet.</summary>
    private void Plan(Peer peer, in Step step)
    {
        if (peer.Relay.FlushAt is null && peer.Relay.Told < _log.End && Listens(peer))
        {
            // Of two peers that both learnt of it, the one that speaks first spares the other the words.
            Instant due = step.Now + new TimeSpan((long)step.Random.NextBelow((ulong)options.AnnounceInterval.Ticks) + 1);
            peer.Relay.FlushAt = due;
            _wakeUp.By(due, step);
        }
    }

    private void FlushIfDue(Peer peer, in Step step)
    {
        if (peer.Relay.FlushAt is not { } due || peer.IsCongested || !peer.IsReady)
        {
            return;
        }

        if (due <= step.Now)
        {
            Flush(peer, step);
        }
        else
        {
            _wakeUp.By(due, step);
        }
    }

    /// <summary>Makes room in the log. What is overwritten while a peer takes no bytes, it hears of from others.</summary>
    private void FlushAll(in Step step)
    {
        foreach (Peer peer in peers.All)
        {
            if (!peer.IsCongested && Listens(peer))
            {
                Flush(peer, step);
            }
        }

        _toldAll = _log.End;
    }

    /// <summary>Announces what the peer has not announced itself meanwhile.</summary>
    private void Flush(Peer peer, in Step step)
    {
        long from = long.Max(peer.Relay.Told, _log.Start);
        var unknown = new List<TransactionId>((int)(_log.End - from));
        for (long number = from; number < _log.End; number++)
        {
            RelayedTransaction transaction = _log[number];
            if ((!peer.Relay.IsNew || chain.TryGetTransaction(transaction.Id, out _)) && transaction.Known.Add(peer.Slot))
            {
                unknown.Add(transaction.Id);
            }
        }

        peer.Relay.Told = _log.End;
        peer.Relay.IsNew = false;
        peer.Relay.FlushAt = null;
        if (unknown.Count > 0)
        {
            step.Effects.Send(peer.Id, new PeerMessage.AnnounceTransactions(unknown));
        }
    }
}
