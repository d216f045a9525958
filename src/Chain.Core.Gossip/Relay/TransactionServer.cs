using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Delivers pooled transactions that peers ask for.</summary>
internal sealed class TransactionServer(PeerConduct conduct, IChainView chain, IdComparer comparer)
{
    /// <summary>Well under the largest message, for which one transaction more must not be too much.</summary>
    private const int BatchBytes = 512 * 1024;

    public void OnRequested(Peer peer, IReadOnlyList<TransactionId> ids, in Step step)
    {
        if (ids.Count == 0)
        {
            conduct.Blame(peer, Misbehaviour.EmptyList, step);
            return;
        }

        if (RequestCheck.HasRepeats(ids, comparer))
        {
            conduct.Blame(peer, Misbehaviour.RepeatedId, step);
            return;
        }

        var batch = new List<Transaction>();
        int bytes = 0;
        bool isRepeated = false;
        foreach (TransactionId id in ids)
        {
            if (!chain.TryGetTransaction(id, out Transaction? transaction))
            {
                continue;
            }

            // Once only: a small request for the same large transactions must not cost us their bytes again and again.
            if (!peer.Served.Add(id.Value))
            {
                isRepeated = true;
                continue;
            }

            peer.Known.Add(id.Value);
            batch.Add(transaction);
            bytes += transaction.Encoded.Length;
            if (bytes >= BatchBytes)
            {
                step.Effects.Send(peer.Id, new PeerMessage.Transactions(batch));
                batch = [];
                bytes = 0;
            }
        }

        if (batch.Count > 0)
        {
            step.Effects.Send(peer.Id, new PeerMessage.Transactions(batch));
        }

        if (isRepeated)
        {
            conduct.Blame(peer, Misbehaviour.RepeatedRequest, step);
        }
    }
}
