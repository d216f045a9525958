using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Finds out what peers have that this node lacks: headers from one peer at a time, always on from the highest
/// header that was accepted. After a timeout two others are asked, then four, and whoever answers first goes on.
/// </summary>
internal sealed class HeaderSync(
    SyncOptions options, PeerSet peers, PeerConduct conduct, IChainView chain, ChainPosition position)
{
    /// <summary>Batches of one peer that the block tree may be judging; what is announced beyond that is asked for later.</summary>
    private const int MaxUnjudged = 4;

    /// <summary>A head moves now and then while its peer is asked about the one before it, not each time.</summary>
    private const int MaxMoves = 4;

    /// <summary>At most 2³ peers are asked at the same time.</summary>
    private const int MaxSilentRounds = 3;

    /// <summary>The wait for the block tree to have room doubles up to 2⁵ timeouts while it takes nothing.</summary>
    private const int MaxPostponeDoublings = 5;

    private readonly WakeUp _postponed = new(TimerKind.PostponedHeaders);
    private Peer? _asked;
    private BlockHeight _reached;
    private int _silentRounds;

    public void OnReady(Peer peer, in Step step)
    {
        peer.Chain.ClaimedHead = peer.Hello!.Head;
        peer.Chain.ClaimedHeight = peer.Hello.HeadHeight;
        peer.Chain.OffersHeaders = true;
        AskNext(step);
    }

    public void OnAnnounced(Peer peer, IReadOnlyList<BlockHeader> headers, in Step step)
    {
        if (!Check(peer, headers, step))
        {
            return;
        }

        for (int i = 0; i < headers.Count; i++)
        {
            peer.RememberSpokenOf(headers[i].Id);
        }

        BlockHeader last = headers[^1];
        peer.Chain.ClaimedHead = last.Id;
        peer.Chain.ClaimedHeight = last.Height;
        if (position.IsTip(last.Id) || chain.KnowsHeader(last.Id))
        {
            return; // as nearly always: every peer announces every block
        }

        if (peer.Chain.Unjudged.Count < MaxUnjudged)
        {
            HandUp(peer, headers, wasAsked: false, step);
        }
        else
        {
            peer.Chain.OffersHeaders = true;
            AskNext(step);
        }
    }

    public void OnHeaders(Peer peer, IReadOnlyList<BlockHeader> headers, in Step step)
    {
        if (peer.Chain.OpenRequests == 0)
        {
            conduct.Blame(peer, Misbehaviour.UnsolicitedHeaders, step);
            return;
        }

        peer.Chain.OpenRequests--;
        peer.Chain.Stalls = 0;
        bool isAwaited = peer == _asked || TakesOver(peer, headers);
        if (isAwaited)
        {
            _silentRounds = 0;
            step.Effects.CancelTimer(new TimerKey(TimerKind.Headers));
        }

        if (headers.Count > 0)
        {
            if (Check(peer, headers, step))
            {
                HandUp(peer, headers, wasAsked: true, step);
            }
        }
        else if (isAwaited && !TryConnect(peer, step))
        {
            Finish(peer, isBlamed: !chain.KnowsHeader(peer.Chain.ClaimedHead), step);
        }
    }

    /// <summary>The block tree's answer to the oldest batch of a peer that it had not judged.</summary>
    public void OnJudged(Peer peer, HeadersVerdict verdict, int added, in Step step)
    {
        if (!peer.Chain.Unjudged.TryDequeue(out HeaderBatch batch))
        {
            return;
        }

        switch (verdict)
        {
            case HeadersVerdict.Accepted:
                position.OnHeader(batch.Last.Id, batch.Last.Height);
                if (batch.WasAsked && peer == _asked)
                {
                    Continue(peer, batch, added, step);
                }

                break;
            case HeadersVerdict.Invalid:
                conduct.Blame(peer, Misbehaviour.InvalidHeader, step);
                break;
            case HeadersVerdict.UnknownParent when !batch.WasAsked:
                peer.Chain.Unconnected = batch.Last.Detach();
                peer.Chain.OffersHeaders = true;
                AskNext(step);
                break;
            case HeadersVerdict.Ignored:
                if (batch.WasAsked && peer == _asked)
                {
                    Postpone(peer, added, step);
                }

                break;
            default:
                if (batch.WasAsked && peer == _asked)
                {
                    Finish(peer, isBlamed: true, step);
                }

                break;
        }
    }

    /// <summary>Asks again those whose headers the block tree had no room for before.</summary>
    public void OnPostponedTimer(in Step step)
    {
        _postponed.OnFired();
        foreach (Peer peer in peers.All)
        {
            if (peer.Chain.AskAgainAt is not { } due)
            {
                continue;
            }

            if (due <= step.Now)
            {
                peer.Chain.AskAgainAt = null;
                peer.Chain.OffersHeaders = true;
            }
            else
            {
                _postponed.By(due, step);
            }
        }

        AskNext(step);
    }

    public void OnTimer(in Step step)
    {
        if (_asked is not { } silent)
        {
            return;
        }

        _asked = null;
        _silentRounds = int.Min(_silentRounds + 1, MaxSilentRounds);
        silent.Chain.Stalls++;
        if (silent.Chain.Stalls >= options.MaxStalls)
        {
            conduct.Blame(silent, Misbehaviour.StalledHeaders, step);
        }

        AskNext(step);
        for (int more = (1 << _silentRounds) - 1; more > 0 && PickOffering(step) is { } other; more--)
        {
            // Counted as a stall at once, so that the next round prefers others; an answer clears it.
            other.Chain.Stalls++;
            Request(other, position.Locator(), step);
        }
    }

    public void OnGone(Peer gone, in Step step)
    {
        if (gone == _asked)
        {
            _asked = null;
            step.Effects.CancelTimer(new TimerKey(TimerKind.Headers));
            AskNext(step);
        }
    }

    /// <summary>Whether a peer that was asked beside the one whose turn it is goes on in its place.</summary>
    private bool TakesOver(Peer peer, IReadOnlyList<BlockHeader> headers)
    {
        if (_silentRounds == 0 || headers.Count == 0 || _asked is not { Chain.Unjudged.Count: 0 })
        {
            return false;
        }

        _asked = peer;
        return true;
    }

    private bool Check(Peer peer, IReadOnlyList<BlockHeader> headers, in Step step)
    {
        Misbehaviour cause = headers.Count == 0 ? Misbehaviour.EmptyList
            : !HeaderChain.IsConnected(headers) ? Misbehaviour.UnconnectedHeaders
            : Misbehaviour.None;
        conduct.Blame(peer, cause, step);
        return cause == Misbehaviour.None;
    }

    private static void HandUp(Peer peer, IReadOnlyList<BlockHeader> headers, bool wasAsked, in Step step)
    {
        BlockHeader last = headers[^1];
        if (last.Height > peer.Chain.ClaimedHeight)
        {
            peer.Chain.ClaimedHead = last.Id;
            peer.Chain.ClaimedHeight = last.Height;
            peer.Chain.AskedHead = wasAsked ? last.Id : peer.Chain.AskedHead;
        }

        peer.Chain.Unjudged.Enqueue(new HeaderBatch(last, HeaderServer.IsFull(headers), wasAsked));
        step.Effects.Emit(new GossipEvent.HeadersReceived(peer.Id, headers));
    }

    /// <summary>Asks on where the batch led further and the peer claims more.</summary>
    private void Continue(Peer peer, HeaderBatch batch, int added, in Step step)
    {
        if (chain.KnowsHeader(peer.Chain.ClaimedHead))
        {
            Finish(peer, isBlamed: false, step);
        }
        else if (batch.IsFull && batch.Last.Height > _reached)
        {
            _reached = batch.Last.Height;
            Ask(peer, position.Locator(batch.Last.Id), step);
        }
        else if (TryConnect(peer, step))
        {
            // Judged with what leads up to it.
        }
        else if (added > 0)
        {
            peer.Chain.Moves = 0;

            // A small answer that led further: its head moved meanwhile, or it trickles. Others get their turn.
            _asked = null;
            AskNext(step);
        }
        else
        {
            Finish(peer, isBlamed: true, step);
        }
    }

    /// <summary>
    /// Hands up once more what a peer announced, where its parent was not known and is now: answers go up to the peer's head, and a peer
    /// also announces blocks that are to become its head, or to stay beside it.
    /// </summary>
    private bool TryConnect(Peer peer, in Step step)
    {
        if (peer.Chain.Unconnected is not { } announced || announced.Id != peer.Chain.ClaimedHead || !chain.KnowsHeader(announced.Parent))
        {
            return false;
        }

        peer.Chain.Unconnected = null;
        HandUp(peer, [announced], wasAsked: true, step);
        return true;
    }

    /// <summary>The block tree has no room for the peer's headers now; it has when the bodies of those before are here.</summary>
    private void Postpone(Peer peer, int added, in Step step)
    {
        int doublings = added > 0 ? 0 : int.Min(peer.Chain.Postponements + 1, MaxPostponeDoublings);
        peer.Chain.Postponements = doublings;
        Instant due = step.Now + new TimeSpan(options.HeadersTimeout.Ticks << doublings);
        peer.Chain.AskAgainAt = due;
        _postponed.By(due, step);
        Finish(peer, isBlamed: false, step);
    }

    /// <summary>The peer has said all that it has to say.</summary>
    private void Finish(Peer peer, bool isBlamed, in Step step)
    {
        _asked = null;

        // What a peer claims since it was asked, its answer could not lead up to: it is asked for that in turn.
        bool hasMoved = isBlamed && peer.Chain.ClaimedHead != peer.Chain.AskedHead;

        // And one that claims no more than is here may have come over to this chain, which it does not announce.
        bool mayHaveJoined = isBlamed && peer.Chain.ClaimedHeight <= position.TipHeight;
        bool isExcused = (hasMoved || mayHaveJoined) && peer.Chain.Moves < MaxMoves;
        peer.Chain.Moves = isExcused ? peer.Chain.Moves + 1 : 0;
        peer.Chain.OffersHeaders = isExcused && hasMoved;
        if (isBlamed && !peer.Chain.OffersHeaders)
        {
            peer.Chain.ClaimedHeight = BlockHeight.Genesis;
            conduct.Blame(peer, isExcused ? Misbehaviour.None : Misbehaviour.UnprovenHead, step);
        }

        AskNext(step);
    }

    /// <summary>Gives the turn to one of the peers that offer something unknown.</summary>
    private void AskNext(in Step step)
    {
        if (_asked is null && PickOffering(step) is { } next)
        {
            _reached = BlockHeight.Genesis;
            Ask(next, position.Locator(), step);
        }
    }

    /// <summary>A random one of the peers that offer something unknown, those that let us wait before only if need be.</summary>
    private Peer? PickOffering(in Step step)
    {
        Peer? picked = null;
        int equal = 0;
        foreach (Peer peer in peers.All)
        {
            if (peer == _asked || !Offers(peer) || (picked is not null && peer.Chain.Stalls > picked.Chain.Stalls))
            {
                continue;
            }

            equal = picked is not null && peer.Chain.Stalls == picked.Chain.Stalls ? equal + 1 : 1;
            picked = step.Random.NextIndex(equal) == 0 ? peer : picked;
        }

        return picked;
    }

    private bool Offers(Peer peer)
    {
        if (peer.IsReady && peer.Chain.OffersHeaders && chain.KnowsHeader(peer.Chain.ClaimedHead))
        {
            peer.Chain.OffersHeaders = false;
        }

        return peer.IsReady && peer.Chain.OffersHeaders;
    }

    private void Ask(Peer peer, List<BlockId> locator, in Step step)
    {
        _asked = peer;
        Request(peer, locator, step);
        step.Effects.SetTimer(new TimerKey(TimerKind.Headers), step.Now + options.HeadersTimeout);
    }

    private static void Request(Peer peer, List<BlockId> locator, in Step step)
    {
        peer.Chain.OpenRequests++;
        peer.Chain.AskedHead = peer.Chain.ClaimedHead;
        step.Effects.Send(peer.Id, new PeerMessage.GetHeaders(locator));
    }
}
