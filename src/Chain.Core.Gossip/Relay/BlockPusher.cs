using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Sends a block of this node's own to some peers, unasked: it crosses these links in one message delay, where
/// announcing, asking and delivering take three. The others hear of it by its header, as of any block.
/// </summary>
internal sealed class BlockPusher(RelayOptions options, PeerSet peers, TransactionBook book, RecentBlocks recent)
{
    /// <summary>What came into the pool later than this is likely not to be everywhere yet.</summary>
    private static readonly TimeSpan SpreadTime = TimeSpan.FromSeconds(1);

    public void OnMade(Block block, in Step step)
    {
        var made = new RecentBlock(block, Fresh(block, step.Now));
        recent.Add(made);
        List<Peer> lacking = Lacking(made, step);
        for (int i = 0; i < int.Min(options.PushPeers, lacking.Count); i++)
        {
            // One of those that are left, so that which peers gain a delay is for nobody to arrange.
            int picked = i + step.Random.NextIndex(lacking.Count - i);
            (lacking[i], lacking[picked]) = (lacking[picked], lacking[i]);
            Push(lacking[i], made, step);
        }
    }

    /// <summary>Places of the transactions that peers are likely to lack, because they are new here too.</summary>
    private List<int> Fresh(Block block, Instant now)
    {
        var places = new List<int>();
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            if (book.TryFind(block.Transactions[i].Id, out RelayedTransaction? known)
                && known.AdmittedAt > Instant.Zero
                && now - known.AdmittedAt < SpreadTime)
            {
                places.Add(i);
            }
        }

        return places;
    }

    private static void Push(Peer peer, RecentBlock made, in Step step)
    {
        if (peer.TakesCompact)
        {
            CompactServer.Push(peer, made, step);
        }
        else
        {
            peer.Known.Add(made.Block.Id.Value);
            step.Effects.Send(peer.Id, new PeerMessage.DeliverBlock(made.Block));
        }
    }

    /// <summary>Peers that take bytes and do not have the block, as far as they said.</summary>
    private List<Peer> Lacking(RecentBlock made, in Step step)
    {
        Block block = made.Block;
        var lacking = new List<Peer>();
        foreach (Peer peer in peers.All)
        {
            bool hasPassed = peer.Chain.ClaimedHeight.Value > block.Height.Value + (ulong)options.AnnounceDepth;
            if (peer.IsReady && !peer.IsCongested && !hasPassed && !peer.Known.Contains(block.Id.Value) && IsSmall(peer, made, step))
            {
                lacking.Add(peer);
            }
        }

        return lacking;
    }

    /// <summary>Whether the block is small enough to be sent to the peer unasked.</summary>
    private bool IsSmall(Peer peer, RecentBlock made, in Step step) =>
        made.Block.Encoded.Length <= options.PushBytes
        || (peer.TakesCompact && MessageSize.Of(made.Message(step)) <= options.PushBytes);
}
