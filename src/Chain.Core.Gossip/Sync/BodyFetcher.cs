using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Fetches wanted bodies from several peers at once, the lowest first. A peer that delivers is asked for more at a
/// time; what a peer lets lie is asked of others.
/// </summary>
internal sealed partial class BodyFetcher(
    SyncOptions options,
    Protections protections,
    PeerSet peers,
    PeerConduct conduct,
    IChainView chain,
    RecentBlocks recent,
    PushSources pushSources,
    IdComparer comparer)
{
    private const int MaxSources = 32;

    /// <summary>A single body may take this many timeouts from a peer that delivers others meanwhile.</summary>
    private const int SlowTimeouts = 4;

    /// <summary>Timeouts that a peer rests after a stall, and that a body waits before all peers are asked again.</summary>
    private const int RestTimeouts = 2;

    private const int TicksPerTimeout = 4;

    private readonly Dictionary<Hash256, WantedBody> _byId = new(comparer);
    private readonly SortedSet<WantedBody> _wanted = new(Comparer<WantedBody>.Create(WantedBody.Compare));
    private readonly WakeUp _wakeUp = new(TimerKind.Blocks);
    private readonly BodySizes _sizes = new(options);
    private readonly PushedBlocks _pushed = new();

    /// <summary>What one round asks of each peer.</summary>
    private readonly List<(ConnectionId To, List<BlockId> Ids)> _requests = [];
    private ulong _sequence;

    /// <summary>Bodies that are wanted, those that are asked for included.</summary>
    public int Wanted => _wanted.Count;

    /// <summary>Bodies that a peer is asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>Bodies that came before they could be used.</summary>
    public int Pushed => _pushed.Count;

    /// <summary>Whether the peer was asked for the block, or for a part of it, now or before it was given up.</summary>
    public static bool IsAwaited(Peer peer, BlockId id) => peer.Fetch.Blocks.Has(id) || peer.Fetch.Parts.Has(id);

    public void OnNeeded(IReadOnlyList<WantedBlock> blocks, IReadOnlyList<ConnectionId> sources, in Step step)
    {
        foreach (WantedBlock block in blocks)
        {
            if (!_byId.TryGetValue(block.Id.Value, out WantedBody? body))
            {
                if (_wanted.Count >= options.MaxWantedBlocks)
                {
                    continue;
                }

                _pushed.TryTake(block.Id, out PushedBlock? pushed);
                if (TryHandUp(pushed, step))
                {
                    continue;
                }

                body = new WantedBody(block, _sequence++, step.Now);
                _byId.Add(block.Id.Value, body);
                _wanted.Add(body);
                if (pushed is not null)
                {
                    BeginPushed(body, pushed, step);
                }
            }

            foreach (ConnectionId source in sources)
            {
                body.AddSource(source, MaxSources);
            }
        }

        Pump(step);
    }

    /// <summary>The block is here, or is wanted no more.</summary>
    public void OnSettled(BlockId id, in Step step)
    {
        _pushed.TryTake(id, out _);
        if (_byId.TryGetValue(id.Value, out WantedBody? body))
        {
            Remove(body);
            Pump(step);
        }
    }

    /// <summary>Takes a block that a peer was asked for, or that is new; true for one that was taken unasked.</summary>
    public bool OnDelivered(Peer peer, Block block, in Step step)
    {
        bool isRepeated = !peer.RememberSpokenOf(block.Id);
        peer.Compact.TakeAnswer(block.Id);
        _byId.TryGetValue(block.Id.Value, out WantedBody? body);
        if (TakeOwed(peer, block.Id))
        {
            if (body is not null)
            {
                OnAnswer(peer, body, block, step);
            }

            return false;
        }

        if (isRepeated)
        {
            conduct.Blame(peer, Misbehaviour.UnsolicitedBlock, step);
            return false;
        }

        if (chain.HasBlock(block.Id))
        {
            return false;
        }

        if (body is null)
        {
            _pushed.Add(new PushedBlock(peer.Id, block.Id, new PeerMessage.DeliverBlock(block), block.Encoded.Length));
        }
        else if (HandUp(peer, block, step))
        {
            Remove(body);
            Pump(step);
        }

        return true;
    }

    public void OnNotFound(Peer peer, IReadOnlyList<BlockId> ids, in Step step)
    {
        if (ids.Count == 0)
        {
            conduct.Blame(peer, Misbehaviour.EmptyList, step);
            return;
        }

        foreach (BlockId id in ids)
        {
            peer.Compact.TakeAnswer(id);
            if (!TakeOwed(peer, id))
            {
                conduct.Blame(peer, Misbehaviour.UnsolicitedNotFound, step);
            }
            else if (_byId.TryGetValue(id.Value, out WantedBody? body) && body.AskedOf == peer.Id)
            {
                GiveUp(body, step.Now);
                body.OnLacking(peer.Id);
            }
        }

        Pump(step);
    }

    /// <summary>A peer shows headers: what it did not have when it was asked, it has now.</summary>
    public void OnShown(Peer peer, IReadOnlyList<BlockHeader> headers, in Step step)
    {
        if (_wanted.Count == Asked)
        {
            return;
        }

        bool canAsk = false;
        foreach (BlockHeader header in headers)
        {
            canAsk |= _byId.TryGetValue(header.Id.Value, out WantedBody? body) && body.OnShown(peer.Id);
        }

        if (canAsk)
        {
            Pump(step);
        }
    }

    public void OnTimer(in Step step)
    {
        _wakeUp.OnFired();
        if (protections.GivesUpStalled && _wanted.Count > 0)
        {
            FindStalledPeers(step);
            FindSlowBodies(step.Now);
        }

        Pump(step);
    }

    public void OnGone(Peer gone, in Step step)
    {
        _pushed.Forget(gone.Id);
        foreach (WantedBody body in _wanted)
        {
            if (body.AskedOf == gone.Id)
            {
                GiveUp(body, step.Now);
            }

            body.Forget(gone.Id);
        }

        Pump(step);
    }

    private void OnAnswer(Peer peer, WantedBody body, Block block, in Step step, bool isCompared = false)
    {
        if (!HandUp(peer, block, step, isCompared))
        {
            return;
        }

        _sizes.OnDelivered(block.Encoded.Length);
        peer.Fetch.OnDelivered(step.Now, options.MaxAskedBlocksOfPeer);
        Remove(body);
        Pump(step);
    }

    /// <summary>Hands up a whole block that came before it was wanted.</summary>
    private bool TryHandUp(PushedBlock? pushed, in Step step) =>
        pushed is { Message: PeerMessage.DeliverBlock delivered }
        && peers.TryGetReady(pushed.From, out Peer? peer)
        && HandUp(peer, delivered.Block, step);

    /// <summary>Hands a block up whose transactions are those of its header; whose header it is was asked before.</summary>
    private bool HandUp(Peer peer, Block block, in Step step, bool isCompared = false)
    {
        if (!isCompared && protections.ComparesRoots && Block.RootOf(block.Transactions) != block.Header.Fields.TransactionsRoot)
        {
            conduct.Blame(peer, Misbehaviour.WrongBody, step);
            return false;
        }

        if (!chain.KnowsHeader(block.Header.Parent))
        {
            // Asked for by its id alone; without its parent nobody above can take it yet, and will want it again.
            _pushed.Add(new PushedBlock(peer.Id, block.Id, new PeerMessage.DeliverBlock(block), block.Encoded.Length, WasWanted: true));
        }

        OnBrought(peer, block, step);
        step.Effects.Emit(new GossipEvent.BlockReceived(peer.Id, block));
        return true;
    }

    private void FindStalledPeers(in Step step)
    {
        foreach (Peer peer in peers.All)
        {
            if (!peer.IsReady || peer.Fetch.Asked == 0 || step.Now - peer.Fetch.LastProgress < _sizes.Timeout)
            {
                continue;
            }

            peer.Fetch.OnStalled(step.Now + new TimeSpan(options.BlockTimeout.Ticks * RestTimeouts));
            foreach (WantedBody body in _wanted)
            {
                if (body.AskedOf == peer.Id)
                {
                    GiveUp(body, step.Now);
                }
            }

            if (peer.Fetch.Stalls >= options.MaxStalls)
            {
                conduct.Blame(peer, Misbehaviour.StalledBlocks, step);
            }
        }
    }

    private void FindSlowBodies(Instant now)
    {
        foreach (WantedBody body in _wanted)
        {
            TimeSpan waited = now - body.Since;
            if (body.AskedOf is { } asked && waited.Ticks >= _sizes.Timeout.Ticks * SlowTimeouts)
            {
                if (peers.TryGetReady(asked, out Peer? peer))
                {
                    peer.Fetch.OnSlow();
                }

                GiveUp(body, now);
            }
            else if (body.AskedOf is null && body.HasTried && waited.Ticks >= options.BlockTimeout.Ticks * RestTimeouts)
            {
                body.Retry();
            }
        }
    }

    /// <summary>Asks for bodies, lowest first, while there is room in all and at a peer that may have them.</summary>
    private void Pump(in Step step)
    {
        if (_wanted.Count > Asked && StartFilling(step.Now))
        {
            foreach (WantedBody body in _wanted)
            {
                if (Asked >= options.MaxAskedBlocks)
                {
                    break;
                }

                if (body.AskedOf is null && Choose(body) is { } peer)
                {
                    Ask(body, peer, step);
                }
            }

            SendRequests(step);
        }

        if (_wanted.Count > 0)
        {
            _wakeUp.By(step.Now + new TimeSpan(options.BlockTimeout.Ticks / TicksPerTimeout), step);
        }
        else
        {
            _wakeUp.Stop(step);
        }
    }

    /// <summary>Opens the windows of the peers; false where none is open.</summary>
    private bool StartFilling(Instant now)
    {
        bool hasRoom = false;
        foreach (Peer peer in peers.All)
        {
            peer.Fetch.StartFilling(now, _sizes.MaxAskedOfPeer);
            hasRoom |= peer.IsReady && peer.Fetch.HasRoom;
        }

        return hasRoom;
    }

    /// <summary>Of those that may have it, the one with the fewest stalls and, among these, the most free room.</summary>
    private Peer? Choose(WantedBody body)
    {
        Peer? best = null;
        foreach (Peer peer in peers.All)
        {
            if (peer.IsReady && peer.Fetch.HasRoom && body.CanAsk(peer) && (best is null || IsBetter(peer.Fetch, best.Fetch)))
            {
                best = peer;
            }
        }

        return best;
    }

    private static bool IsBetter(PeerFetch peer, PeerFetch other) =>
        peer.Stalls != other.Stalls
            ? peer.Stalls < other.Stalls
            : peer.Room > other.Room;

    private void Ask(WantedBody body, Peer peer, in Step step)
    {
        Claim(body, peer, step.Now);
        peer.Fetch.Blocks.Expect(body.Id);
        if (TryAskCompact(peer, body, step))
        {
            return;
        }

        int place = _requests.FindIndex(request => request.To == peer.Id);
        if (place >= 0)
        {
            _requests[place].Ids.Add(body.Id);
        }
        else
        {
            _requests.Add((peer.Id, [body.Id]));
        }
    }

    /// <summary>Sends what was put together, in the order in which the peers connected.</summary>
    private void SendRequests(in Step step)
    {
        _requests.Sort(static (one, other) => one.To.CompareTo(other.To));
        foreach ((ConnectionId to, List<BlockId> ids) in _requests)
        {
            step.Effects.Send(to, new PeerMessage.RequestBlocks(ids));
        }

        _requests.Clear();
    }

    private void GiveUp(WantedBody body, Instant now)
    {
        Release(body);
        body.GiveUp(MaxSources, now);
    }

    /// <summary>Forgets a body; whoever is asked for it may still answer.</summary>
    private void Remove(WantedBody body)
    {
        Release(body);
        _wanted.Remove(body);
        _byId.Remove(body.Id.Value);
    }

    private void Release(WantedBody body)
    {
        if (body.AskedOf is not { } asked)
        {
            return;
        }

        Asked--;
        if (peers.TryGet(asked, out Peer? peer))
        {
            peer.Fetch.Asked--;
            peer.Compact.TakePartial(body.Id);
        }
    }

    /// <summary>Whether the peer was asked for the block: whole ones, and that there is none, answer every kind of request.</summary>
    private static bool TakeOwed(Peer peer, BlockId id) => peer.Fetch.Blocks.Take(id) || peer.Fetch.Parts.Take(id);
}
