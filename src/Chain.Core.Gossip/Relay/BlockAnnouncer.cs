using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Tells peers of new blocks by their headers, at once.</summary>
internal sealed class BlockAnnouncer(RelayOptions options, PeerSet peers)
{
    /// <summary>After a deeper reorganisation the peer asks for the headers in between itself.</summary>
    private const int MaxHeaders = 8;

    public void OnHeadChanged(BlockHeight height, IReadOnlyList<BlockHeader> announce, in Step step)
    {
        if (announce.Count == 0)
        {
            return;
        }

        foreach (Peer peer in peers.All)
        {
            if (peer.IsReady && !HasPassed(peer, height))
            {
                Announce(peer, announce, step);
            }
        }
    }

    private static void Announce(Peer peer, IReadOnlyList<BlockHeader> announce, in Step step)
    {
        var headers = new List<BlockHeader>(MaxHeaders);
        for (int i = int.Max(announce.Count - MaxHeaders, 0); i < announce.Count; i++)
        {
            if (peer.Known.Add(announce[i].Id.Value) || headers.Count > 0)
            {
                headers.Add(announce[i]);
            }
        }

        if (headers.Count > 0)
        {
            step.Effects.Send(peer.Id, new PeerMessage.AnnounceBlocks(headers));
        }
    }

    /// <summary>By its own claim; who claims falsely hears less, and nobody else does.</summary>
    private bool HasPassed(Peer peer, BlockHeight height) =>
        peer.Chain.ClaimedHeight > height
        && peer.Chain.ClaimedHeight.Value - height.Value > (ulong)options.AnnounceDepth;
}
