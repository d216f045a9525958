using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Serves whole blocks: the host loads a few at a time for each peer, in the order in which the peer asked.</summary>
internal sealed class BlockServer(SyncOptions options, PeerConduct conduct, IChainView chain, IdComparer comparer)
{
    public void OnRequested(Peer peer, IReadOnlyList<BlockId> ids, in Step step)
    {
        Misbehaviour cause = ids.Count == 0 ? Misbehaviour.EmptyList
            : RequestCheck.HasRepeats(ids, comparer) ? Misbehaviour.RepeatedId
            : peer.Serving.Waiting.Count + peer.Serving.Loading + ids.Count > options.MaxServedBlocks ? Misbehaviour.TooManyRequests
            : Misbehaviour.None;
        if (cause != Misbehaviour.None)
        {
            conduct.Blame(peer, cause, step);
            return;
        }

        var missing = new List<BlockId>();
        foreach (BlockId id in ids)
        {
            if (!chain.HasBlock(id))
            {
                missing.Add(id);
                continue;
            }

            if (!peer.Served.Add(id.Value))
            {
                // Answered all the same: after a timeout a correct peer may come back to us.
                conduct.Blame(peer, Misbehaviour.RepeatedRequest, step);
            }

            peer.Serving.Waiting.Enqueue(id);
        }

        if (!peer.IsGone)
        {
            SendMissing(peer, missing, step);
            LoadNext(peer, step);
        }
    }

    public void OnLoaded(Peer peer, IReadOnlyList<Block> blocks, IReadOnlyList<BlockId> missing, in Step step)
    {
        foreach (Block block in blocks)
        {
            peer.Known.Add(block.Id.Value);
            step.Effects.Send(peer.Id, new PeerMessage.DeliverBlock(block));
        }

        SendMissing(peer, missing, step);
        peer.Serving.Loading = 0;
        LoadNext(peer, step);
    }

    private static void SendMissing(Peer peer, IReadOnlyList<BlockId> missing, in Step step)
    {
        if (missing.Count > 0)
        {
            step.Effects.Send(peer.Id, new PeerMessage.BlocksNotFound(missing));
        }
    }

    private void LoadNext(Peer peer, in Step step)
    {
        PeerServing serving = peer.Serving;
        if (serving.Loading > 0 || serving.Waiting.Count == 0)
        {
            return;
        }

        var batch = new List<BlockId>(options.ServedBatch);
        while (batch.Count < options.ServedBatch && serving.Waiting.TryDequeue(out BlockId id))
        {
            batch.Add(id);
        }

        serving.Loading = batch.Count;
        step.Effects.Emit(new GossipEvent.BlocksRequested(peer.Id, batch));
    }
}
