using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Sends a block of this node's own whole to some peers, unasked: it crosses these links in one message delay, where
/// announcing, asking and delivering take three. The others hear of it by its header, as of any block.
/// </summary>
internal sealed class BlockPusher(RelayOptions options, PeerSet peers)
{
    public void OnMade(Block block, in Step step)
    {
        if (block.Encoded.Length > options.PushBytes)
        {
            return;
        }

        List<Peer> lacking = Lacking(block);
        for (int i = 0; i < int.Min(options.PushPeers, lacking.Count); i++)
        {
            // One of those that are left, so that which peers gain a delay is for nobody to arrange.
            int picked = i + step.Random.NextIndex(lacking.Count - i);
            (lacking[i], lacking[picked]) = (lacking[picked], lacking[i]);
            lacking[i].Known.Add(block.Id.Value);
            step.Effects.Send(lacking[i].Id, new PeerMessage.DeliverBlock(block));
        }
    }

    /// <summary>Peers that take bytes and do not have the block, as far as they said.</summary>
    private List<Peer> Lacking(Block block)
    {
        var lacking = new List<Peer>();
        foreach (Peer peer in peers.All)
        {
            bool hasPassed = peer.Chain.ClaimedHeight.Value > block.Height.Value + (ulong)options.AnnounceDepth;
            if (peer.IsReady && !peer.IsCongested && !hasPassed && !peer.Known.Contains(block.Id.Value))
            {
                lacking.Add(peer);
            }
        }

        return lacking;
    }
}
