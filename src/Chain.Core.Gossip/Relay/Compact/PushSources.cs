using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// The peers that are asked to push compact blocks: those that were the first to bring a new block, the latest of them
/// first. One that is pushed out is told.
/// </summary>
internal sealed class PushSources(RelayOptions options, PeerSet peers)
{
    private readonly List<ConnectionId> _latestFirst = [];

    /// <summary>A peer was the first to bring a new block.</summary>
    public void OnBrought(Peer peer, in Step step)
    {
        if (options.Blocks != BlockRelay.CompactPush || options.PushingPeers == 0 || !peer.TakesCompact)
        {
            return;
        }

        if (!_latestFirst.Remove(peer.Id))
        {
            step.Effects.Send(peer.Id, new PeerMessage.PushCompactBlocks(true));
        }

        _latestFirst.Insert(0, peer.Id);
        if (_latestFirst.Count > options.PushingPeers)
        {
            if (peers.TryGetReady(_latestFirst[^1], out Peer? last))
            {
                step.Effects.Send(last.Id, new PeerMessage.PushCompactBlocks(false));
            }

            _latestFirst.RemoveAt(_latestFirst.Count - 1);
        }
    }

    public void OnGone(Peer gone) => _latestFirst.Remove(gone.Id);
}
