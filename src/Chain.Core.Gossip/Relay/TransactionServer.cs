using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Delivers pooled transactions that peers ask for, a batch at a time: the next one goes out once the connection is
/// drained, or after a while where the host does not say so.
/// </summary>
internal sealed class TransactionServer(PeerConduct conduct, TransactionBook book, IChainView chain, IdComparer comparer)
{
    /// <summary>Well under what hosts let wait for one peer, and under the largest message.</summary>
    private const int BatchBytes = 256 * 1024;

    private const int MaxWaiting = 8192;
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(50);

    private readonly WakeUp _wakeUp = new(TimerKind.ServeTransactions);

    public void OnRequested(Peer peer, IReadOnlyList<TransactionId> ids, in Step step)
    {
        Misbehaviour cause = ids.Count == 0 ? Misbehaviour.EmptyList
            : RequestCheck.HasRepeats(ids, comparer) ? Misbehaviour.RepeatedId
            : peer.Relay.Requested.Count + ids.Count > MaxWaiting ? Misbehaviour.TooManyRequests
            : Misbehaviour.None;
        if (cause != Misbehaviour.None)
        {
            conduct.Blame(peer, cause, step);
            return;
        }

        bool isRepeated = false;
        for (int i = 0; i < ids.Count; i++)
        {
            if (!chain.TryGetTransaction(ids[i], out _))
            {
                continue;
            }

            // Once only: a small request for the same large transactions must not cost us their bytes again and again.
            RelayedTransaction transaction = book.See(ids[i]);
            transaction.Known.Add(peer.Slot);
            if (transaction.Served.Add(peer.Slot))
            {
                peer.Relay.Requested.Enqueue(ids[i]);
            }
            else
            {
                isRepeated = true;
            }
        }

        Serve(peer, step);
        if (isRepeated)
        {
            conduct.Blame(peer, Misbehaviour.RepeatedRequest, step);
        }
    }

    public void OnTimer() => _wakeUp.OnFired();

    /// <summary>Sends the next batch, unless the connection is congested.</summary>
    public void Serve(Peer peer, in Step step)
    {
        if (peer.IsGone || peer.IsCongested || peer.Relay.Requested.Count == 0)
        {
            return;
        }

        List<Transaction> batch = TakeBatch(peer);
        if (batch.Count > 0)
        {
            step.Effects.Send(peer.Id, new PeerMessage.Transactions(batch));
        }

        if (peer.Relay.Requested.Count > 0)
        {
            _wakeUp.By(step.Now + BetweenBatches, step);
        }
    }

    private List<Transaction> TakeBatch(Peer peer)
    {
        var batch = new List<Transaction>();
        int bytes = 0;
        while (bytes < BatchBytes && batch.Count < WireLimits.DeliveredTransactions && peer.Relay.Requested.TryDequeue(out TransactionId id))
        {
            if (chain.TryGetTransaction(id, out Transaction? transaction))
            {
                batch.Add(transaction);
                bytes += transaction.Encoded.Length;
            }
        }

        return batch;
    }
}
