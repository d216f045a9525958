using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Sends recent blocks as compact blocks, and then the transactions of them that peers lack. What is not recent goes whole,
/// so that nobody makes this node read its store for a few transactions.
/// </summary>
internal sealed class CompactServer(PeerConduct conduct, IChainView chain, RecentBlocks recent, BlockServer whole)
{
    /// <summary>Answers a request for a block near the head.</summary>
    public void OnRequested(Peer peer, BlockId id, in Step step)
    {
        if (!chain.HasBlock(id) || !recent.TryGet(id, out RecentBlock? found) || peer.IsCongested)
        {
            whole.OnRequested(peer, [id], step);
            return;
        }

        PeerMessage message = found.Message(step);
        bool isNew = message is PeerMessage.CompactBlock ? peer.Compact.Send(id, isAsked: true) : peer.Served.Add(id.Value);
        peer.Known.Add(id.Value);
        step.Effects.Send(peer.Id, message);
        if (!isNew)
        {
            // Answered all the same: after a timeout a correct peer may come back to us.
            conduct.Blame(peer, Misbehaviour.RepeatedRequest, step);
        }
    }

    /// <summary>Answers a request for some transactions of a block that the peer was sent as compact block.</summary>
    public void OnTransactionsRequested(Peer peer, BlockId id, IReadOnlyList<int> indexes, in Step step)
    {
        if (peer.Compact.HasUsed(id))
        {
            // Once only: a small request must not cost us a block's bytes again and again.
            step.Effects.Send(peer.Id, new PeerMessage.BlocksNotFound([id]));
            conduct.Blame(peer, Misbehaviour.RepeatedRequest, step);
        }
        else if (!peer.Compact.TryUse(id) || !recent.TryGet(id, out RecentBlock? found) || peer.IsCongested)
        {
            // Also where the request was long on its way, and newer blocks came in between; whole ones are counted too.
            whole.OnRequested(peer, [id], step);
        }
        else if (indexes[^1] >= found.Block.Transactions.Count)
        {
            conduct.Blame(peer, Misbehaviour.IndexOutOfRange, step);
        }
        else
        {
            Transaction[] asked = [.. indexes.Select(index => found.Block.Transactions[index])];
            step.Effects.Send(peer.Id, new PeerMessage.BlockTransactions(id, asked));
        }
    }

    /// <summary>Sends a new block to a peer that asked for it to be pushed; false where the peer is to be told of its header.</summary>
    public bool TryPush(Peer peer, BlockId id, in Step step)
    {
        if (!peer.TakesCompact || !peer.Compact.WantsPush || peer.IsCongested || !recent.TryGet(id, out RecentBlock? found))
        {
            return false;
        }

        Push(peer, found, step);
        return true;
    }

    /// <summary>Sends a block unasked.</summary>
    public static void Push(Peer peer, RecentBlock recent, in Step step)
    {
        PeerMessage message = recent.Message(step);
        if (message is PeerMessage.CompactBlock)
        {
            peer.Compact.Send(recent.Block.Id, isAsked: false);
        }

        peer.Known.Add(recent.Block.Id.Value);
        step.Effects.Send(peer.Id, message);
    }
}
