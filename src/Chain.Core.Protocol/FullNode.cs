using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Gossip;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// A full node as one machine: chain service, consensus engine, mempool and gossip. The production host and the
/// simulator drive this same class. Events between the parts are handled within the step that caused them.
/// </summary>
public sealed class FullNode : IMachine<HostInput>
{
    private const int LaneBits = 8;
    private const ulong LaneMask = (1UL << LaneBits) - 1;

    /// <summary>Who lacks more than the end of a new branch asks for the headers before it.</summary>
    private const int MaxAnnounced = 8;

    private static readonly BlockBudget OneTransaction = new(WireLimits.TransactionBytes, 1, ulong.MaxValue);

    private readonly FullNodeOptions _options;
    private readonly RecoveredChain _recovered;
    private readonly ChainService _chain;
    private readonly IConsensusEngine _engine;
    private readonly Mempool _mempool;
    private readonly GossipMachine _gossip;
    private readonly ServedBlocks _served = new();
    private readonly SigningGuard _guard;
    private readonly EvidenceDesk _evidence;
    private readonly ValidatorSet? _genesisValidators;
    private readonly Queue<DomainEvent> _events = new();
    private readonly List<BlockHeader> _stored = [];
    private readonly List<TransactionId> _admitted = [];
    private readonly PartEffects _gossipEffects;
    private readonly PartEffects _mempoolEffects;
    private readonly PartEffects _engineEffects;
    private readonly PartEffects _workEffects;
    private readonly PartEffects _chainEffects;
    private readonly PartEffects _evidenceEffects;
    private readonly Predicate<BlockHeader> _isNotBesideTheHead;
    private PartStreams? _streams;

    /// <summary>Whether this step served blocks: more of them would wait to be sent before the host can say that a peer is congested.</summary>
    private bool _hasServed;

    /// <summary>A node that waits for <see cref="HostInput.Started"/>.</summary>
    /// <param name="definition">The chain to follow.</param>
    /// <param name="options">What this node is.</param>
    /// <param name="recovered">What its store holds.</param>
    public FullNode(ChainDefinition definition, FullNodeOptions options, RecoveredChain recovered)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(recovered);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BodyCacheBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxStateNodes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.SignatureLanes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.StateWindow, nameof(options));
        _options = options;
        _recovered = recovered;
        BlockHeader genesis = definition.Genesis.Header;
        var tree = new BlockTree(genesis, options.Tree, options.Judgements);
        _engine = definition.Consensus.CreateEngine(genesis, tree, options.Engine);
        var states = new ResidentStates { MaxNodes = options.MaxStateNodes };
        _mempool = definition.CreateMempool(states);
        _chain = new ChainService(definition, tree, _engine.Rules, options, states, _mempool, recovered.States);
        var gossip = new GossipOptions
        {
            Network = definition.Network,
            Genesis = genesis.Id,
            Sync = new SyncOptions { ServedBatch = ServedBlocks.BatchFor(definition.Ledger.Limits.BlockBytes) },
        };
        _gossip = new GossipMachine(options.Self, options.Gossip(gossip), new ChainView(_chain, _mempool));
        _guard = new SigningGuard(
            options.Signer, options.SigningWitness, options.SignerIsNew, recovered.Signer, recovered.SigningMarks);
        _evidence = new EvidenceDesk(definition, options.Signer, options.EvidenceFee);
        _genesisValidators = definition.GenesisValidators;
        _isNotBesideTheHead = header => !IsBesideTheHead(header);
        _gossipEffects = new PartEffects(NodePart.Gossip, _events.Enqueue);
        _mempoolEffects = new PartEffects(NodePart.Mempool, _events.Enqueue);
        _engineEffects = new PartEffects(NodePart.Engine, _events.Enqueue);
        _workEffects = new PartEffects(NodePart.EngineWork, _events.Enqueue);
        _chainEffects = new PartEffects(NodePart.Chain, _events.Enqueue);
        _evidenceEffects = new PartEffects(NodePart.Evidence, _events.Enqueue);
    }

    /// <summary>The block tree, to read.</summary>
    public IBlockTree Tree => _chain.Tree;

    /// <summary>The head.</summary>
    public BlockHeader Head => _chain.Tree.Head.Header;

    /// <summary>How many transactions wait in the mempool.</summary>
    public int MempoolCount => _mempool.Count;

    /// <summary>What they count against <see cref="MempoolOptions.MaxBytes"/>.</summary>
    public long MempoolBytes => _mempool.Bytes;

    /// <summary>Transactions that wait, the earliest first; at most <paramref name="max"/>.</summary>
    public IReadOnlyList<Transaction> PendingTransactions(int max) => [.. _mempool.Transactions.Take(max)];

    /// <summary>The transaction, where it waits in the mempool.</summary>
    public Transaction? FindPending(TransactionId id) => _mempool.TryGet(id, out Transaction? transaction) ? transaction : null;

    /// <inheritdoc cref="GossipMachine.ReportPeers"/>
    public IReadOnlyList<PeerReport> ReportPeers(Instant now) => _gossip.ReportPeers(now);

    /// <inheritdoc/>
    public void Handle(in HostInput input, in StepContext context, IEffects effects)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(effects);
        _streams ??= new PartStreams(context.Random);
        _hasServed = false;
        if (!ReferenceEquals(_gossipEffects.Host, effects))
        {
            _gossipEffects.Host = _mempoolEffects.Host = _engineEffects.Host = _workEffects.Host = effects;
            _chainEffects.Host = _evidenceEffects.Host = effects;
        }

        if (input is HostInput.Stopping)
        {
            ToMempool(new MempoolInput.Stopping(), in context);
            return;
        }

        switch (input)
        {
            case HostInput.Received received:
                _gossip.Receive(received.Connection, received.Message, context with { Random = _streams.Gossip }, _gossipEffects);
                break;
            case HostInput.Started: OnStarted(in context, effects); break;
            case HostInput.TimerFired fired: OnTimer(fired.Key, in context); break;
            case HostInput.JobFinished finished: OnJob(finished.Job, finished.Result, in context, effects); break;
            case HostInput.Submitted submitted: ToMempool(new MempoolInput.Submitted([submitted.Transaction], null), in context); break;
            case HostInput.Commanded commanded: ToEngine(new ConsensusInput.Commanded(commanded.Command), in context); break;
            default: ToGossip(Translate(input), in context); break;
        }

        if (_events.Count == 0 && input is HostInput.Received)
        {
            return; // as nearly always: a header that is known, of which gossip had nothing to tell
        }

        do
        {
            while (_events.TryDequeue(out DomainEvent? happened))
            {
                Dispatch(happened, in context, effects);
            }
        }
        while (TellAdmitted(in context) || _chain.TryAdvance(_chainEffects) || AnnounceStored(in context));
    }

    private static GossipInput Translate(HostInput input) => input switch
    {
        HostInput.Connected connected => new GossipInput.Connected(connected.Connection),
        HostInput.DialFailed failed => new GossipInput.DialFailed(failed.Address),
        HostInput.Disconnected { BrokeProtocol: true } broken => new GossipInput.ReportPeer(broken.Connection, Misbehaviour.MalformedMessage),
        HostInput.Disconnected disconnected => new GossipInput.Disconnected(disconnected.Connection, disconnected.Reason),
        HostInput.Congested congested => new GossipInput.Congested(congested.Connection),
        HostInput.Drained drained => new GossipInput.Drained(drained.Connection),
        _ => throw new ArgumentException($"{input.GetType().Name} is no input of a full node.", nameof(input)),
    };

    private void OnStarted(in StepContext context, IEffects effects)
    {
        if (_recovered.Head is { } head)
        {
            _chain.Recover(_recovered.Headers, head, _recovered.Finalized, _recovered.KnowsHeights, effects);
            _chain.TakeUpIndex(_recovered.Indexed, _chainEffects);
        }
        else
        {
            _chain.StoreGenesis(effects);
        }

        BlockHeader at = Head;
        effects.Emit(new NodeEvent.Ready(at, _recovered.Headers.Count));
        if (_options.Signer is not null)
        {
            _guard.Start(effects);
            effects.Emit(new NodeEvent.SignerJudged(_guard.Standing, _guard.StoreIsBehind));
        }

        ToMempool(new MempoolInput.HeadChanged(at.Height, at.Fields.StateRoot, [], []), in context);
        ToGossip(
            new GossipInput.Started(_options.Listen, _options.Bootstrap, at.Id, at.Height, _chain.Tree.Locator()), in context);
        NameValidators(in context);
        ToEngine(new ConsensusInput.Started(at, _recovered.EngineRecords), in context);
    }

    private void NameValidators(in StepContext context)
    {
        if (_genesisValidators is { } validators)
        {
            ToEngine(new ConsensusInput.ValidatorsNamed(_chain.Tree.Genesis.Id, validators), in context);
        }

        foreach ((BlockId block, ValidatorSet named) in _recovered.Validators)
        {
            ToEngine(new ConsensusInput.ValidatorsNamed(block, named), in context);
        }
    }

    private void OnTimer(TimerKey joined, in StepContext context)
    {
        (NodePart part, TimerKey key) = PartEffects.Split(joined);
        switch (part)
        {
            case NodePart.Gossip: ToGossip(new GossipInput.TimerFired(key), in context); break;
            case NodePart.Mempool: ToMempool(new MempoolInput.TimerFired(key), in context); break;
            case NodePart.Engine: ToEngine(new ConsensusInput.TimerFired(key), in context); break;
        }
    }

    private void OnJob(JobId joined, JobResult result, in StepContext context, IEffects effects)
    {
        (NodePart part, JobId id) = PartEffects.Split(joined);
        switch (part)
        {
            case NodePart.Mempool: ToMempool(new MempoolInput.JobFinished(id, result), in context); break;
            case NodePart.Engine: ToEngine(new ConsensusInput.SealSearched(id.Value >> LaneBits, (int)(id.Value & LaneMask), result), in context); break;
            case NodePart.EngineWork: ToEngine(new ConsensusInput.Computed(id.Value, result), in context); break;
            case NodePart.Chain: _chain.OnJobFinished(id, result, context.WallClock, _chainEffects); break;
            case NodePart.Evidence when result is EvidenceChecked found: OnEvidenceChecked(found, in context, effects); break;
            case NodePart.Gossip when result is BlocksLoaded loaded && _served.TryTake(id, out ConnectionId asker):
                ToGossip(new GossipInput.BlocksLoaded(asker, loaded.Found, loaded.Missing), in context);
                break;
            case NodePart.Gossip when result is StateChangesLoaded loaded && _served.TryTake(id, out ConnectionId curious):
                ToGossip(new GossipInput.StateChangesLoaded(curious, new PeerMessage.StateChanges(loaded.Block, loaded.Answer, loaded.Changes)), in context);
                break;
        }
    }

    private void Dispatch(DomainEvent happened, in StepContext context, IEffects effects)
    {
        switch (happened)
        {
            case GossipEvent gossip: OnGossip(gossip, in context, effects); break;
            case ConsensusOutput output: OnEngine(output, in context, effects); break;
            case ChainEvent chain: OnChain(chain, in context, effects); break;
            case MempoolEvent mempool: OnMempool(mempool, in context, effects); break;
        }
    }

    private void OnGossip(GossipEvent happened, in StepContext context, IEffects effects)
    {
        switch (happened)
        {
            case GossipEvent.HeadersReceived headers:
                OnHeaders(headers, in context);
                break;
            case GossipEvent.BlockReceived body:
                _chain.AddHeaders([body.Block.Header], body.Connection, context.WallClock, _chainEffects); // fetched by its id alone, perhaps
                _chain.AddBody(body.Block, body.Connection);
                break;
            case GossipEvent.TransactionsReceived received:
                ToMempool(new MempoolInput.Submitted(received.Transactions, received.Connection), in context);
                break;
            case GossipEvent.ConsensusReceived message:
                ToEngine(new ConsensusInput.MessageArrived(message.Connection, message.Peer, message.Payload), in context);
                break;
            case GossipEvent.BlocksRequested requested:
                OnBlocksRequested(requested, in context);
                break;
            case GossipEvent.StateChangesRequested requested:
                OnStateChangesRequested(requested, in context);
                break;
            case GossipEvent.StateChangesAnswered answered:
                _chain.Explain(answered.Block, answered.Asked, answered.Answer, _chainEffects);
                break;
            case GossipEvent.PeerGone gone:
                _chain.Tree.ForgetSource(gone.Connection.Id);
                effects.Emit(new NodeEvent.Peers(gone));
                break;
            default:
                effects.Emit(new NodeEvent.Peers(happened));
                break;
        }
    }

    /// <summary>Serves what is at hand at once, as most of what peers ask for is new, and else has it loaded.</summary>
    private void OnBlocksRequested(GossipEvent.BlocksRequested requested, in StepContext context)
    {
        if (!_hasServed && _chain.FindAtHand(requested.Ids) is { } blocks)
        {
            _hasServed = true;
            ToGossip(new GossipInput.BlocksLoaded(requested.Connection, blocks, []), in context);
        }
        else
        {
            _gossipEffects.Offload(_served.Add(requested.Connection), new LoadBlocksJob(requested.Ids));
        }
    }

    private void OnStateChangesRequested(GossipEvent.StateChangesRequested requested, in StepContext context)
    {
        if (_chain.LoadStateChanges(requested.Block) is { } job)
        {
            _gossipEffects.Offload(_served.Add(requested.Connection), job);
        }
        else
        {
            ToGossip(
                new GossipInput.StateChangesLoaded(requested.Connection, new PeerMessage.StateChanges(requested.Block, StateChangesAnswer.NotKept, default)),
                in context);
        }
    }

    private void OnHeaders(GossipEvent.HeadersReceived headers, in StepContext context)
    {
        (AddHeaderStatus status, HeaderVerdict verdict, int added) =
            _chain.AddHeaders(headers.Headers, headers.Connection, context.WallClock, _chainEffects);
        HeadersVerdict answer = status switch
        {
            AddHeaderStatus.Added => HeadersVerdict.Accepted,
            AddHeaderStatus.UnknownParent => HeadersVerdict.UnknownParent,
            AddHeaderStatus.Invalid when verdict != HeaderVerdict.TimeTooNew => HeadersVerdict.Invalid,
            _ => HeadersVerdict.Ignored,
        };
        ToGossip(new GossipInput.HeadersJudged(headers.Connection, answer, added), in context);
    }

    private void OnEngine(ConsensusOutput output, in StepContext context, IEffects effects)
    {
        switch (output)
        {
            case ConsensusOutput.Broadcast message:
                ToGossip(new GossipInput.BroadcastConsensus(message.Payload), in context);
                break;
            case ConsensusOutput.SendTo message:
                ToGossip(new GossipInput.SendConsensus(message.Connection, message.Payload), in context);
                break;
            case ConsensusOutput.RequestProposal request:
                _chain.Build(request.Proposal, request.Parent, request.Time, _chainEffects);
                break;
            case ConsensusOutput.RequestVerdict request:
                _chain.RequestVerdict(request.Block, _chainEffects);
                break;
            case ConsensusOutput.SearchSeal search:
                _engineEffects.Offload(EngineJob(search.Proposal, search.Lane), search.Search);
                break;
            case ConsensusOutput.Seal seal:
                if (_chain.Seal(seal.Proposal, seal.Bytes, context.WallClock, _chainEffects) is { } made)
                {
                    ToGossip(new GossipInput.BlockMade(made), in context);
                }

                break;
            case ConsensusOutput.Sign intent:
                OnSign(intent, in context, effects);
                break;
            case ConsensusOutput.ProveRandomness intent:
                OnProveRandomness(intent, in context);
                break;
            case ConsensusOutput.OwnSignatureSeen seen when _guard.Learn(seen.Purpose, seen.Watermark, effects):
                effects.Emit(new NodeEvent.SignedElsewhere(seen.Purpose, seen.Watermark));
                break;
            case ConsensusOutput.Evidence evidence:
                _evidence.Add(evidence.Proof);
                _evidence.Check(Head, _evidenceEffects);
                break;
            case ConsensusOutput.Compute compute:
                _workEffects.Offload(new JobId(compute.Work), compute.Job);
                break;
            case ConsensusOutput.Persist persist:
                OnPersist(persist.Record, in context, effects);
                break;
            case ConsensusOutput.ProposeHead proposed:
                _chain.MoveHead(proposed.Block, _chainEffects);
                break;
            case ConsensusOutput.Rewind rewind:
                _chain.Rewind(rewind.Block, _chainEffects);
                break;
            case ConsensusOutput.Finalize final when _chain.TryFinalize(final.Block, final.Certificate, _chainEffects):
                effects.Emit(new NodeEvent.BlockFinalized(final.Block, final.Certificate));
                break;
            case ConsensusOutput.Fetch fetch:
                _chain.Fetch(fetch.Block, fetch.From, _chainEffects);
                break;
            case ConsensusOutput.MarkSafe safe:
                _chain.MarkSafe(safe.Block);
                break;
            case ConsensusOutput.ReportPeer report:
                ToGossip(new GossipInput.ReportPeer(report.Connection, Misbehaviour.InvalidConsensusMessage), in context);
                break;
            case ConsensusOutput.Observe observed:
                effects.Emit(new NodeEvent.Activity(observed.Activity));
                break;
        }
    }

    private void OnSign(ConsensusOutput.Sign intent, in StepContext context, IEffects effects)
    {
        if (_guard.TrySign(intent.Purpose, intent.Watermark, intent.Message, effects, out byte[] signature))
        {
            ToEngine(new ConsensusInput.Signed(intent.Intent, signature), in context);
        }
        else
        {
            ToEngine(new ConsensusInput.SignRefused(intent.Intent), in context);
        }
    }

    private void OnProveRandomness(ConsensusOutput.ProveRandomness intent, in StepContext context)
    {
        if (_options.Randomness is { } prover)
        {
            byte[] proof = prover.Prove(Hash256.AsSpan(intent.Message));
            ToEngine(new ConsensusInput.Signed(intent.Intent, proof), in context);
        }
        else
        {
            ToEngine(new ConsensusInput.SignRefused(intent.Intent), in context);
        }
    }

    private void OnEvidenceChecked(EvidenceChecked found, in StepContext context, IEffects effects)
    {
        IReadOnlyList<Transaction> reports = _evidence.OnChecked(found, id => _mempool.TryGet(id, out _));
        if (reports.Count == 0)
        {
            return;
        }

        ToMempool(new MempoolInput.Submitted(reports, null), in context);
        foreach (Transaction report in reports)
        {
            effects.Emit(new NodeEvent.EvidenceReported(report.Id));
        }
    }

    private void OnPersist(ConsensusRecord record, in StepContext context, IEffects effects)
    {
        var batch = new WriteBatch();
        ChainRecords.WriteEngineRecord(batch, record);
        effects.Write(batch, Durability.Durable);
        effects.HoldUntilDurable();
        ToEngine(new ConsensusInput.RecordDurable(record.Key), in context);
    }

    private void OnChain(ChainEvent happened, in StepContext context, IEffects effects)
    {
        switch (happened)
        {
            case ChainEvent.HeaderAdded added:
                ToEngine(new ConsensusInput.HeaderArrived(added.Header), in context);
                break;
            case ChainEvent.BodiesMissing missing:
                List<WantedBlock> wanted = missing.Blocks.ConvertAll(static node => new WantedBlock(node.Id, node.Height));
                ToGossip(new GossipInput.NeedBlocks(wanted, []), in context);
                break;
            case ChainEvent.BlockUnknown unknown:
                ToGossip(
                    new GossipInput.NeedBlocks([new WantedBlock(unknown.Block, default)], unknown.From is { } from ? [from] : []),
                    in context);
                break;
            case ChainEvent.BodiesUnwanted unwanted:
                foreach (BlockId id in unwanted.Blocks)
                {
                    ToGossip(new GossipInput.BlockRefused(id, null, Misbehaviour.None), in context);
                }

                break;
            case ChainEvent.ValidatorsNamed named:
                ToEngine(new ConsensusInput.ValidatorsNamed(named.Block, named.Validators), in context);
                break;
            case ChainEvent.Judged judged:
                ToEngine(new ConsensusInput.BlockJudged(judged.Block, judged.Verdict), in context);
                break;
            case ChainEvent.Stored stored:
                ToGossip(new GossipInput.BlockAccepted(stored.Block.Id), in context);
                _stored.Add(stored.Block.Header);
                effects.Emit(new NodeEvent.BlockStored(stored.Block, stored.Receipts));
                break;
            case ChainEvent.Refused refused:
                ToGossip(
                    new GossipInput.BlockRefused(refused.Block, refused.Origin, Misbehaviour.InvalidBlock) { WantsChanges = refused.WantsChanges },
                    in context);
                effects.Emit(new NodeEvent.BlockRefused(refused.Block, refused.Reason));
                break;
            case ChainEvent.MismatchExplained explained:
                if (explained is { What.Other: OtherChanges.Unproven, Asked: { } liar })
                {
                    ToGossip(new GossipInput.ReportPeer(liar, Misbehaviour.WrongStateChanges), in context);
                }

                effects.Emit(new NodeEvent.StateDiverged(explained.What));
                break;
            case ChainEvent.OutOfReach branch:
                effects.Emit(new NodeEvent.BranchOutOfReach(branch.Block, branch.Tip));
                break;
            case ChainEvent.HeadMoved moved:
                OnHeadMoved(moved, in context, effects);
                break;
            case ChainEvent.CandidatesRefused refused:
                ToMempool(new MempoolInput.CandidatesRefused(refused.StateRoot, refused.Candidates), in context);
                break;
            case ChainEvent.ProposalReady ready:
                ToEngine(new ConsensusInput.ProposalBuilt(ready.Proposal, ready.Fields), in context);
                break;
        }
    }

    private void OnMempool(MempoolEvent happened, in StepContext context, IEffects effects)
    {
        switch (happened)
        {
            case MempoolEvent.TransactionAdmitted admitted:
                TransactionId id = admitted.Transaction.Id;
                _admitted.Add(id);
                effects.Emit(new NodeEvent.TransactionAdmitted(id));
                break;
            case MempoolEvent.TransactionRefused refused:
                ToGossip(new GossipInput.TransactionRefused(refused.Id, refused.Origin, CauseOf(refused.Reason)), in context);
                effects.Emit(new NodeEvent.TransactionRefused(refused.Id, refused.Reason.ToString()));
                break;
            case MempoolEvent.PoolRead read:
                effects.Emit(new NodeEvent.PoolRead(read.Read, read.Damaged));
                break;
            case MempoolEvent.TransactionDropped dropped:
                effects.Emit(new NodeEvent.TransactionRefused(dropped.Id, dropped.Reason.ToString()));
                break;
        }
    }

    /// <summary>Only what no correct peer relays says something about the peer.</summary>
    private static Misbehaviour CauseOf(TransactionRefusal refusal) => refusal
        is TransactionRefusal.BadSignature or TransactionRefusal.BadCall or TransactionRefusal.TooLarge or TransactionRefusal.UnknownScheme
        ? Misbehaviour.InvalidTransaction
        : Misbehaviour.None;

    /// <summary>Has all that a step admitted announced, and tells the engine once that there is something to put into a block.</summary>
    private bool TellAdmitted(in StepContext context)
    {
        if (_admitted.Count == 0)
        {
            return false;
        }

        ToGossip(new GossipInput.TransactionsAdmitted(_admitted), in context);
        _admitted.Clear();
        bool tells = _mempool.SelectCandidates(OneTransaction).Count > 0;
        if (tells)
        {
            ToEngine(new ConsensusInput.TransactionsWaiting(), in context);
        }

        return tells;
    }

    /// <summary>
    /// Announces valid blocks that are not on the head's chain after all that a step brought: an engine with votes moves the
    /// head only when others have seen the block and voted for it.
    /// </summary>
    private bool AnnounceStored(in StepContext context)
    {
        if (_stored.Count == 0)
        {
            return false;
        }

        _stored.RemoveAll(_isNotBesideTheHead);
        if (_stored.Count == 0)
        {
            return false; // as nearly always: it is the head
        }

        BlockHeader[] announce = [.. _stored];
        _stored.Clear();
        ToGossip(new GossipInput.HeadChanged(Head, new LazyLocator(_chain.Tree), announce), in context);
        return true;
    }

    private bool IsBesideTheHead(BlockHeader header)
    {
        BlockTree tree = _chain.Tree;
        return tree.TryGet(header.Id, out BlockTreeNode? node)
            && node.Height > tree.Finalized.Height
            && !ReferenceEquals(tree.OnChain(node.Height), node);
    }

    private void OnHeadMoved(ChainEvent.HeadMoved moved, in StepContext context, IEffects effects)
    {
        if (moved.IsRewind)
        {
            ToMempool(new MempoolInput.Emptied(), in context);
        }

        IReadOnlyList<Block> returning = moved.IsRewind ? [] : moved.Unapplied;
        ToMempool(
            new MempoolInput.HeadChanged(moved.Head.Height, moved.Head.Fields.StateRoot, moved.Applied, returning), in context);
        ToEngine(new ConsensusInput.HeadChanged(moved.Head), in context);
        int announced = int.Min(moved.Applied.Count, MaxAnnounced);
        var announce = new BlockHeader[announced];
        for (int i = 0; i < announced; i++)
        {
            announce[i] = moved.Applied[moved.Applied.Count - announced + i].Header;
        }

        ToGossip(new GossipInput.HeadChanged(moved.Head, new LazyLocator(_chain.Tree), announce), in context);
        _evidence.Check(moved.Head, _evidenceEffects);
        effects.Emit(new NodeEvent.HeadMoved(moved.Head, moved.Unapplied, moved.Applied));
        if (moved.IsRewind)
        {
            foreach (Transaction undone in moved.Unapplied.SelectMany(static block => block.Transactions))
            {
                effects.Emit(new NodeEvent.TransactionRefused(undone.Id, nameof(DropReason.Reverted)));
            }
        }
    }

    private static JobId EngineJob(ulong proposal, int lane) => new((proposal << LaneBits) | ((ulong)lane & LaneMask));

    private void ToGossip(GossipInput input, in StepContext context) =>
        _gossip.Handle(in input, context with { Random = _streams!.Gossip }, _gossipEffects);

    private void ToMempool(MempoolInput input, in StepContext context) =>
        _mempool.Handle(in input, context with { Random = _streams!.Mempool }, _mempoolEffects);

    private void ToEngine(ConsensusInput input, in StepContext context) =>
        _engine.Handle(in input, context with { Random = _streams!.Engine }, _engineEffects);
}
