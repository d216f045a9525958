using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Tells peers of new blocks by their headers: at once, but not more often than peers can be expected to bear from
/// a node that catches up.
/// </summary>
internal sealed class BlockAnnouncer(RelayOptions options, PeerSet peers, CompactServer compact)
{
    /// <summary>After a deeper reorganisation the peer asks for the headers in between itself.</summary>
    private const int MaxHeaders = 8;

    private readonly WakeUp _wakeUp = new(TimerKind.AnnounceBlocks);
    private IReadOnlyList<BlockHeader> _waiting = [];
    private BlockHeader? _latest;
    private Instant _notBefore;

    public void OnHeadChanged(IReadOnlyList<BlockHeader> announce, in Step step)
    {
        _waiting = Joined(_waiting, announce);
        _latest = announce.Count > 0 ? announce[^1] : _latest;
        Flush(step);
    }

    /// <summary>A peer said hello: what was announced since this node said hello to it, it was not told.</summary>
    public void OnReady(Peer peer, BlockId head, in Step step)
    {
        if (head != peer.ToldHead && _latest is { } latest && latest.Id == head && !HasPassed(peer, latest.Height))
        {
            Announce(peer, new PeerMessage.AnnounceBlocks([latest]), step);
        }
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

        var whole = new PeerMessage.AnnounceBlocks(_waiting);
        foreach (Peer peer in peers.All)
        {
            if (peer.IsReady && !HasPassed(peer, _waiting[^1].Height))
            {
                Announce(peer, whole, step);
            }
        }

        _waiting = [];
        _notBefore = step.Now + options.BlockInterval;
    }

    /// <summary>Announces from the first header on that the peer does not know; all of them are one message for all peers.</summary>
    private void Announce(Peer peer, PeerMessage.AnnounceBlocks whole, in Step step)
    {
        IReadOnlyList<BlockHeader> all = whole.Items;
        int first = all.Count;
        for (int i = all.Count - 1; i >= 0; i--)
        {
            first = peer.Known.Add(all[i].Id.Value) ? i : first;
        }

        if (first == all.Count - 1 && compact.TryPush(peer, all[first].Id, step))
        {
            return;
        }

        if (first < all.Count)
        {
            step.Effects.Send(peer.Id, first == 0 ? whole : new PeerMessage.AnnounceBlocks([.. all.Skip(first)]));
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
