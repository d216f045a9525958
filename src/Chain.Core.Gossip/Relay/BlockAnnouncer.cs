using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Tells peers of new blocks by their headers: at once, but not more often than peers can be expected to bear from
/// a node that catches up.
/// </summary>
internal sealed class BlockAnnouncer(RelayOptions options, PeerSet peers)
{
    /// <summary>After a deeper reorganisation the peer asks for the headers in between itself.</summary>
    private const int MaxHeaders = 8;

    private readonly WakeUp _wakeUp = new(TimerKind.AnnounceBlocks);
    private IReadOnlyList<BlockHeader> _waiting = [];
    private Instant _notBefore;

    public void OnHeadChanged(IReadOnlyList<BlockHeader> announce, in Step step)
    {
        _waiting = Joined(_waiting, announce);
        Flush(step);
    }

    public void OnTimer(in Step step)
    {
        _wakeUp.OnFired();
        Flush(step);
    }

    /// <summary>What waits and the new part of the chain; the new part alone where the head went to another branch.</summary>
    private static IReadOnlyList<BlockHeader> Joined(IReadOnlyList<BlockHeader> before, IReadOnlyList<BlockHeader> after)
    {
        if (before.Count == 0 || after.Count == 0 || after[0].Parent != before[^1].Id)
        {
            return after;
        }

        var joined = new List<BlockHeader>(before.Count + after.Count);
        joined.AddRange(before);
        joined.AddRange(after);
        return joined;
    }

    private void Flush(in Step step)
    {
        if (_waiting.Count > MaxHeaders)
        {
            _waiting = Newest(_waiting);
        }

        if (_waiting.Count == 0)
        {
            return;
        }

        if (step.Now < _notBefore)
        {
            _wakeUp.By(_notBefore, step);
            return;
        }

        foreach (Peer peer in peers.All)
        {
            if (peer.IsReady && !HasPassed(peer, _waiting[^1].Height))
            {
                Announce(peer, _waiting, step);
            }
        }

        _waiting = [];
        _notBefore = step.Now + options.BlockInterval;
    }

    private static void Announce(Peer peer, IReadOnlyList<BlockHeader> announce, in Step step)
    {
        var headers = new List<BlockHeader>(MaxHeaders);
        foreach (BlockHeader header in announce)
        {
            if (peer.Known.Add(header.Id.Value) || headers.Count > 0)
            {
                headers.Add(header);
            }
        }

        if (headers.Count > 0)
        {
            step.Effects.Send(peer.Id, new PeerMessage.AnnounceBlocks(headers));
        }
    }

    private static List<BlockHeader> Newest(IReadOnlyList<BlockHeader> headers)
    {
        var newest = new List<BlockHeader>(MaxHeaders);
        for (int i = headers.Count - MaxHeaders; i < headers.Count; i++)
        {
            newest.Add(headers[i]);
        }

        return newest;
    }

    /// <summary>By its own claim; who claims falsely hears less, and nobody else does.</summary>
    private bool HasPassed(Peer peer, BlockHeight height) =>
        peer.Chain.ClaimedHeight > height
        && peer.Chain.ClaimedHeight.Value - height.Value > (ulong)options.AnnounceDepth;
}
