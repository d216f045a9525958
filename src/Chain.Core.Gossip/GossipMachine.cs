using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// The whole peer-facing side of a node as one machine: connections and hello, addresses, conduct, relay of
/// transactions and blocks, and headers-first catch-up. It knows neither consensus nor ledger.
/// </summary>
/// <remarks>This class only dispatches; each part keeps its own state and stands in a file of its own.</remarks>
public sealed class GossipMachine : IMachine<GossipInput>
{
    private const int ProgressBodies = 64;

    private readonly Protections _protections;
    private readonly IChainView _chain;
    private readonly IdComparer _comparer = new();
    private readonly PeerSet _peers = new();
    private readonly ChainPosition _position = new();
    private readonly PeerConduct _conduct;
    private readonly PeerDialer _dialer;
    private readonly PeerGate _gate;
    private readonly KeepAlive _keepAlive;
    private readonly AddressExchange _addresses;
    private readonly TransactionBook _transactions;
    private readonly TransactionAnnouncer _announcer;
    private readonly TransactionFetcher _fetcher;
    private readonly TransactionServer _transactionServer;
    private readonly BlockAnnouncer _blockAnnouncer;
    private readonly BlockPusher _blockPusher;
    private readonly HeaderSync _headers;
    private readonly HeaderServer _headerServer;
    private readonly BodyFetcher _bodies;
    private readonly BlockServer _blockServer;
    private readonly RecentBlocks _recent = new();
    private readonly PushSources _pushSources;
    private readonly CompactServer _compactServer;
    private readonly StateChangesAsker _changesAsker;
    private readonly StateChangesServer _changesServer;
    private bool _isStarted;

    /// <summary>A machine that waits for <see cref="GossipInput.Started"/>.</summary>
    /// <param name="self">Who this node is.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="chain">Read during steps.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public GossipMachine(PeerId self, GossipOptions options, IChainView chain)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(chain);
        options.Validate();
        _protections = options.Protections;
        _chain = chain;
        _conduct = new PeerConduct(options.Peers, options.Protections, _comparer);
        _dialer = new PeerDialer(options.Peers, _peers);
        _gate = new PeerGate(self, options, _peers, _conduct, _dialer, _position, _comparer);
        _keepAlive = new KeepAlive(options.Peers, _peers, _conduct);
        _addresses = new AddressExchange(options.Peers, _peers, _dialer, _conduct);
        _transactions = new TransactionBook(options.Relay, _peers, _comparer);
        _announcer = new TransactionAnnouncer(options.Relay, _peers, _transactions, chain);
        _fetcher = new TransactionFetcher(options.Relay, options.Protections, _peers, _conduct, _transactions, chain);
        _transactionServer = new TransactionServer(_conduct, _transactions, chain, _comparer);
        _pushSources = new PushSources(options.Relay, _peers);
        _blockServer = new BlockServer(options.Sync, _conduct, chain, _comparer);
        _compactServer = new CompactServer(_conduct, chain, _recent, _blockServer);
        _blockAnnouncer = new BlockAnnouncer(options.Relay, _peers, _compactServer);
        _blockPusher = new BlockPusher(options.Relay, _peers, _transactions, _recent);
        _headers = new HeaderSync(options.Sync, _peers, _conduct, chain, _position);
        _headerServer = new HeaderServer(chain);
        _changesAsker = new StateChangesAsker(_peers, _conduct);
        _changesServer = new StateChangesServer(_conduct, chain);
        _bodies = new BodyFetcher(options.Sync, options.Protections, _peers, _conduct, chain, _recent, _pushSources, _comparer);
    }

    /// <summary>What the machine holds, for tests and metrics of its bounds.</summary>
    internal (int Peers, int Addresses, int Scores, int AskedTransactions, int SeenTransactions, int WantedBlocks, int PushedBlocks, int PartialBlocks) Held =>
        (_peers.All.Count, _dialer.Book.Count, _conduct.Remembered, _transactions.Asked, _transactions.Seen, _bodies.Wanted, _bodies.Pushed, _bodies.Partials);

    /// <summary>Every peer that has said hello, in the order in which they connected.</summary>
    /// <param name="now">The time of the question.</param>
    public IReadOnlyList<PeerReport> ReportPeers(Instant now)
    {
        var reports = new List<PeerReport>();
        foreach (Peer peer in _peers.All)
        {
            if (peer is { IsReady: true, Hello: { } hello })
            {
                ref readonly PeerLiveness liveness = ref peer.Liveness;
                reports.Add(new PeerReport(
                    peer.Connection,
                    hello.Agent,
                    peer.Chain.ClaimedHeight,
                    liveness.RoundTrip,
                    now - liveness.LastHeard,
                    _conduct.ScoreOf(peer.Connection.Peer, now),
                    peer.IsCongested));
            }
        }

        return reports;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The first input is not <see cref="GossipInput.Started"/>, or it comes twice.</exception>
    public void Handle(in GossipInput input, in StepContext context, IEffects effects)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(effects);
        RequireInTurn(isStart: input is GossipInput.Started);
        var step = new Step(context.Now, context.Random, effects);
        Dispatch(input, step);
        SeeOff(step);
    }

    /// <summary>
    /// As <see cref="Handle"/> of a <see cref="GossipInput.Received"/>, without an object for the input: nearly all inputs are
    /// messages.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="message">The message.</param>
    /// <param name="context">Time and randomness of the step.</param>
    /// <param name="effects">Takes what the step wants.</param>
    /// <exception cref="InvalidOperationException">The machine was not started.</exception>
    public void Receive(ConnectionId connection, PeerMessage message, in StepContext context, IEffects effects)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(effects);
        RequireInTurn(isStart: false);
        var step = new Step(context.Now, context.Random, effects);
        OnReceived(connection, message, step);
        SeeOff(step);
    }

    private void RequireInTurn(bool isStart)
    {
        if (isStart == _isStarted)
        {
            throw new InvalidOperationException("Started is the first input, and comes once.");
        }
    }

    private void SeeOff(in Step step)
    {
        while (_conduct.TakeDeparted() is { } gone)
        {
            OnGone(gone, step);
        }
    }

    private void Dispatch(GossipInput input, in Step step)
    {
        switch (input)
        {
            case GossipInput.Started started: OnStarted(started, step); break;
            case GossipInput.Connected connected: _gate.OnConnected(connected.Connection, step); break;
            case GossipInput.DialFailed failed: _dialer.OnDialFailed(failed.Address, step); break;
            case GossipInput.Disconnected disconnected: OnDisconnected(disconnected, step); break;
            case GossipInput.Received received: OnReceived(received.Connection, received.Message, step); break;
            case GossipInput.Congested congested: OnCongested(congested.Connection); break;
            case GossipInput.Drained drained: OnDrained(drained.Connection, step); break;
            case GossipInput.TimerFired fired: OnTimer(fired.Key, step); break;
            case GossipInput.BlockMade made: _blockPusher.OnMade(made.Block, step); break;
            case GossipInput.HeadChanged changed: OnHeadChanged(changed, step); break;
            case GossipInput.TransactionsAdmitted admitted: _announcer.OnAdmitted(admitted.Ids, step); break;
            case GossipInput.TransactionRefused refused: OnTransactionRefused(refused, step); break;
            case GossipInput.HeadersJudged judged: OnHeadersJudged(judged, step); break;
            case GossipInput.NeedBlocks need: _bodies.OnNeeded(need.Blocks, need.Sources, step); break;
            case GossipInput.BlockAccepted accepted: OnBlockAccepted(accepted.Id, step); break;
            case GossipInput.BlockRefused refused: OnBlockRefused(refused, step); break;
            case GossipInput.BlocksLoaded loaded: OnBlocksLoaded(loaded, step); break;
            case GossipInput.StateChangesLoaded loaded: OnStateChangesLoaded(loaded, step); break;
            case GossipInput.BroadcastConsensus broadcast: OnBroadcast(broadcast.Payload, step); break;
            case GossipInput.SendConsensus send: OnSendConsensus(send, step); break;
            case GossipInput.ReportPeer report: Blame(report.Connection, report.Cause, step); break;
            default: throw new ArgumentException($"{input.GetType().Name} is not handled.", nameof(input));
        }
    }

    private void OnStarted(GossipInput.Started started, in Step step)
    {
        _isStarted = true;
        _comparer.SetKey(step.Random.NextUInt64());
        _position.MoveTo(started.Head, started.HeadHeight, started.Locator);
        _gate.Start(started.Listen);
        _keepAlive.Start(step);
        _addresses.Start(step);
        _dialer.Start(started.Listen, started.Bootstrap, step);
    }

    private void OnDisconnected(GossipInput.Disconnected disconnected, in Step step)
    {
        if (_peers.TryGet(disconnected.Connection, out Peer? peer))
        {
            _conduct.Leave(peer, disconnected.Reason, step);
        }
    }

    private void OnReceived(ConnectionId connection, PeerMessage message, in Step step)
    {
        if (!_peers.TryGet(connection, out Peer? peer))
        {
            return;
        }

        peer.Liveness.LastHeard = step.Now;
        Misbehaviour excess = _protections.ChargesBudgets
            ? peer.Budget.Charge(message, IsAwaited(peer, message), step.Now)
            : Misbehaviour.None;
        if (excess != Misbehaviour.None)
        {
            _conduct.Blame(peer, excess, step);
        }
        else if (message is PeerMessage.Goodbye goodbye)
        {
            step.Effects.Close(peer.Id, "goodbye");
            _conduct.Leave(peer, goodbye.Reason, step);
        }
        else if (message is PeerMessage.Hello hello)
        {
            OnHello(peer, hello, step);
        }
        else if (peer.IsReady)
        {
            OnMessage(peer, message, step);
        }
        else
        {
            _conduct.Blame(peer, Misbehaviour.MessageBeforeHello, step);
        }
    }

    private void OnCongested(ConnectionId connection)
    {
        if (_peers.TryGet(connection, out Peer? peer))
        {
            peer.IsCongested = true;
        }
    }

    private void OnDrained(ConnectionId connection, in Step step)
    {
        if (_peers.TryGet(connection, out Peer? peer))
        {
            peer.IsCongested = false;
            _transactionServer.Serve(peer, step);
            _blockServer.OnDrained(peer, step);
            _announcer.OnDrained(peer, step);
        }
    }

    private void OnServeTimer(in Step step)
    {
        _transactionServer.OnTimer();
        foreach (Peer peer in _peers.All)
        {
            _transactionServer.Serve(peer, step);
        }
    }

    private void OnHello(Peer peer, PeerMessage.Hello hello, in Step step)
    {
        if (peer.IsReady)
        {
            _conduct.Blame(peer, Misbehaviour.SecondHello, step);
        }
        else if (_gate.OnHello(peer, hello, step))
        {
            _transactions.Add(peer);
            KeepAlive.OnReady(peer, step);
            _dialer.OnReady(peer, step);
            _addresses.OnReady(peer, step);
            _headers.OnReady(peer, step);
            _announcer.OnReady(peer, step);
            _blockAnnouncer.OnReady(peer, _position.Head, step);
        }
    }

    private void OnMessage(Peer peer, PeerMessage message, in Step step)
    {
        switch (message)
        {
            case PeerMessage.Ping ping: step.Effects.Send(peer.Id, new PeerMessage.Pong(ping.Nonce)); break;
            case PeerMessage.Pong pong: _keepAlive.OnPong(peer, pong.Nonce, step); break;
            case PeerMessage.GetAddresses: _addresses.OnGetAddresses(peer, step); break;
            case PeerMessage.Addresses addresses: _addresses.OnAddresses(peer, addresses.Items, step); break;
            case PeerMessage.AnnounceTransactions announced: _fetcher.OnAnnounced(peer, announced.Ids, step); break;
            case PeerMessage.RequestTransactions requested: _transactionServer.OnRequested(peer, requested.Ids, step); break;
            case PeerMessage.Transactions delivered: _fetcher.OnDelivered(peer, delivered.Items, step); break;
            case PeerMessage.AnnounceBlocks announced:
                _headers.OnAnnounced(peer, announced.Items, step);
                _bodies.OnShown(peer, announced.Items, step);
                break;
            case PeerMessage.RequestBlocks requested: _blockServer.OnRequested(peer, requested.Ids, step); break;
            case PeerMessage.DeliverBlock delivered: OnBlock(peer, delivered.Block, step); break;
            case PeerMessage.BlocksNotFound missing: _bodies.OnNotFound(peer, missing.Ids, step); break;
            case PeerMessage.GetHeaders requested: _headerServer.OnRequested(peer, requested.Locator, step); break;
            case PeerMessage.Headers headers:
                _headers.OnHeaders(peer, headers.Items, step);
                _bodies.OnShown(peer, headers.Items, step);
                break;
            case PeerMessage.Consensus consensus:
                step.Effects.Emit(new GossipEvent.ConsensusReceived(peer.Id, peer.Connection.Peer, consensus.Payload));
                break;
            default: OnCompactMessage(peer, message, step); break;
        }
    }

    /// <summary>Whether the peer was asked for what it sends. Each part still checks for what exactly.</summary>
    private static bool IsAwaited(Peer peer, PeerMessage message) => message switch
    {
        PeerMessage.DeliverBlock delivered => BodyFetcher.IsAwaited(peer, delivered.Block.Id),
        PeerMessage.CompactBlock compact => peer.Compact.Requested == compact.Header.Id,
        PeerMessage.BlockTransactions given => BodyFetcher.IsAwaited(peer, given.Block),
        _ => peer.Owes(message),
    };

    /// <summary>What only peers send that were told that this node takes compact blocks.</summary>
    private void OnCompactMessage(Peer peer, PeerMessage message, in Step step)
    {
        switch (message)
        {
            case PeerMessage when !peer.TakesCompact: OnStateMessage(peer, message, step); break;
            case PeerMessage.CompactBlock compact: OnCompact(peer, compact, step); break;
            case PeerMessage.GetCompactBlock requested: _compactServer.OnRequested(peer, requested.Block, step); break;
            case PeerMessage.GetBlockTransactions requested: _compactServer.OnTransactionsRequested(peer, requested.Block, requested.Indexes, step); break;
            case PeerMessage.BlockTransactions given: _bodies.OnBlockTransactions(peer, given, step); break;
            case PeerMessage.PushCompactBlocks push: peer.Compact.WantsPush = push.IsWanted; break;
            default: OnStateMessage(peer, message, step); break;
        }
    }

    /// <summary>What only peers send that were told that this node tells what blocks change.</summary>
    private void OnStateMessage(Peer peer, PeerMessage message, in Step step)
    {
        switch (message)
        {
            case PeerMessage.GetStateChanges requested when peer.GivesStateChanges: _changesServer.OnRequested(peer, requested.Block, step); break;
            case PeerMessage.StateChanges given when peer.GivesStateChanges: _changesAsker.OnAnswer(peer, given, step); break;
            default: _conduct.Blame(peer, Misbehaviour.MalformedMessage, step); break;
        }
    }

    private void OnCompact(Peer peer, PeerMessage.CompactBlock compact, in Step step)
    {
        if (_bodies.OnCompact(peer, compact, step) && !_chain.KnowsHeader(compact.Header.Id))
        {
            _headers.OnAnnounced(peer, [compact.Header], step);
        }
    }

    /// <summary>A block that was not asked for announces its header too.</summary>
    private void OnBlock(Peer peer, Block block, in Step step)
    {
        if (_bodies.OnDelivered(peer, block, step) && !_chain.KnowsHeader(block.Id))
        {
            _headers.OnAnnounced(peer, [block.Header], step);
        }

        if (_bodies.Wanted % ProgressBodies == ProgressBodies - 1)
        {
            EmitProgress(step);
        }
    }

    private void OnTimer(TimerKey key, in Step step)
    {
        switch (key.Kind)
        {
            case TimerKind.Hello: _gate.OnHelloTimeout(new ConnectionId(key.Subject), step); break;
            case TimerKind.KeepAlive: _keepAlive.OnSweep(step); break;
            case TimerKind.Dial: _dialer.FillSlots(step); break;
            case TimerKind.Discovery: _addresses.OnDiscovery(step); break;
            case TimerKind.AnnounceTransactions: _announcer.OnTimer(step); break;
            case TimerKind.AnnounceBlocks: _blockAnnouncer.OnTimer(step); break;
            case TimerKind.Transactions: _fetcher.OnTimer(step); break;
            case TimerKind.ServeTransactions: OnServeTimer(step); break;
            case TimerKind.Headers: _headers.OnTimer(step); break;
            case TimerKind.PostponedHeaders: _headers.OnPostponedTimer(step); break;
            case TimerKind.Blocks: _bodies.OnTimer(step); break;
            case TimerKind.StateChanges: _changesAsker.OnTimer(step); break;
            default: throw new ArgumentException($"Timer kind {key.Kind} is not one of this machine.", nameof(key));
        }
    }

    private void OnHeadChanged(GossipInput.HeadChanged changed, in Step step)
    {
        _position.MoveTo(changed.Head.Id, changed.Head.Height, changed.Locator);
        _blockAnnouncer.OnHeadChanged(changed.Announce, step);
    }

    private void OnTransactionRefused(GossipInput.TransactionRefused refused, in Step step)
    {
        _transactions.See(refused.Id);
        Blame(refused.Origin, refused.Cause, step);
    }

    private void OnHeadersJudged(GossipInput.HeadersJudged judged, in Step step)
    {
        if (_peers.TryGet(judged.Connection, out Peer? peer))
        {
            _headers.OnJudged(peer, judged.Verdict, judged.Added, step);
        }

        if (judged.Added > 1)
        {
            EmitProgress(step);
        }
    }

    private void OnBlockAccepted(BlockId block, in Step step)
    {
        _bodies.OnSettled(block, step);
        _changesServer.OnSettled(block, step);
    }

    private void OnBlockRefused(GossipInput.BlockRefused refused, in Step step)
    {
        _bodies.OnSettled(refused.Id, step);
        _changesServer.OnSettled(refused.Id, step);
        _recent.Remove(refused.Id);
        if (refused.WantsChanges)
        {
            _changesAsker.Ask(refused.Id, refused.Origin, refused.Cause, step);
        }
        else
        {
            Blame(refused.Origin, refused.Cause, step);
        }
    }

    private void OnStateChangesLoaded(GossipInput.StateChangesLoaded loaded, in Step step)
    {
        if (_peers.TryGetReady(loaded.Connection, out Peer? peer))
        {
            step.Effects.Send(peer.Id, loaded.Changes);
        }
    }

    private void OnBlocksLoaded(GossipInput.BlocksLoaded loaded, in Step step)
    {
        if (_peers.TryGetReady(loaded.Connection, out Peer? peer))
        {
            _blockServer.OnLoaded(peer, loaded.Blocks, loaded.Missing, step);
        }
    }

    private void OnBroadcast(ReadOnlyMemory<byte> payload, in Step step)
    {
        var message = new PeerMessage.Consensus(payload);
        foreach (Peer peer in _peers.All)
        {
            if (peer.IsReady)
            {
                step.Effects.Send(peer.Id, message);
            }
        }
    }

    private void OnSendConsensus(GossipInput.SendConsensus send, in Step step)
    {
        if (_peers.TryGetReady(send.Connection, out Peer? peer))
        {
            step.Effects.Send(peer.Id, new PeerMessage.Consensus(send.Payload));
        }
    }

    private void Blame(ConnectionId? connection, Misbehaviour cause, in Step step)
    {
        if (connection is { } id && _peers.TryGet(id, out Peer? peer))
        {
            _conduct.Blame(peer, cause, step);
        }
    }

    private void EmitProgress(in Step step)
    {
        BlockHeight target = _position.TipHeight;
        foreach (Peer peer in _peers.All)
        {
            target = peer.IsReady && peer.Chain.ClaimedHeight > target ? peer.Chain.ClaimedHeight : target;
        }

        step.Effects.Emit(new GossipEvent.SyncProgress(
            _position.Height, _position.TipHeight, target, _bodies.Wanted, _bodies.Asked));
    }

    private void OnGone(Peer gone, in Step step)
    {
        _peers.Remove(gone);
        if (gone.Hello is null)
        {
            step.Effects.CancelTimer(TimerKind.HelloOf(gone.Id));
        }

        _fetcher.OnGone(gone, step);
        _transactions.Remove(gone);
        _headers.OnGone(gone, step);
        _pushSources.OnGone(gone);
        _bodies.OnGone(gone, step);
        _changesAsker.OnGone(gone, step);
        _changesServer.OnGone(gone);
        _dialer.OnGone(gone, step);
    }
}
