using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Serves whole blocks: the host loads a few at a time for each peer, in the order in which the peer asked.</summary>
internal sealed class BlockServer(SyncOptions options, PeerConduct conduct, IChainView chain, IdComparer comparer)
{
    public void OnRequested(Peer peer, IReadOnlyList<BlockId> ids, in Step step)
    {
        Misbehaviour cause = ids.Count == 0 ? Misbehaviour.EmptyList
            : RequestCheck.HasRepeats(ids, comparer) ? Misbehaviour.RepeatedId
            : peer.Serving.Waiting.Count + peer.Serving.Loading.Count + ids.Count > options.MaxServedBlocks ? Misbehaviour.TooManyRequests
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

    /// <summary>Delivers what was loaded; what the host passed over is loaded next.</summary>
    public void OnLoaded(Peer peer, IReadOnlyList<Block> blocks, IReadOnlyList<BlockId> missing, in Step step)
    {
        peer.Serving.IsAsked = false;
        foreach (Block block in blocks)
        {
            peer.Known.Add(block.Id.Value);
            peer.Serving.Loading.Remove(block.Id);
            step.Effects.Send(peer.Id, new PeerMessage.DeliverBlock(block));
        }

        foreach (BlockId id in missing)
        {
            peer.Serving.Loading.Remove(id);
        }

        SendMissing(peer, missing, step);
        if (blocks.Count + missing.Count == 0)
        {
            // Nothing at all was done: to ask the host for the same again could go on for ever.
            SendMissing(peer, peer.Serving.Loading.ToArray(), step);
            peer.Serving.Loading.Clear();
        }

        LoadNext(peer, step);
    }

    /// <summary>The peer takes bytes again: what it asked for is loaded on.</summary>
    public void OnDrained(Peer peer, in Step step) => LoadNext(peer, step);

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
        if (serving.IsAsked || peer.IsCongested || peer.IsGone)
        {
            return;
        }

        while (serving.Loading.Count < options.ServedBatch && serving.Waiting.TryDequeue(out BlockId id))
        {
            serving.Loading.Add(id);
        }

        if (serving.Loading.Count > 0)
        {
            serving.IsAsked = true;
            step.Effects.Emit(new GossipEvent.BlocksRequested(peer.Id, serving.Loading.ToArray()));
        }
    }
}
