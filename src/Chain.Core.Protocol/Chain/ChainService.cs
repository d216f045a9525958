using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// Owns the block tree. It judges blocks by executing them on their parent's state, one job at a time, stores the
/// valid ones, and moves the head where the engine says. Everything that reads the store is an offloaded job.
/// </summary>
internal sealed class ChainService
{
    private const int MaxBodyWindow = 64;
    private const int MaxDemand = 512;

    private readonly ChainDefinition _definition;
    private readonly BlockTree _tree;
    private readonly IHeaderRules _rules;
    private readonly BodyCache _bodies;
    private readonly VerdictQueue _wanted = new();
    private readonly Dictionary<ulong, PendingJob> _jobs = [];
    private readonly HeadMoves _moves;
    private readonly int _bodyWindow;
    private readonly FullNodeOptions _options;
    private readonly ResidentStates _states;
    private readonly Mempool _mempool;
    private readonly StatePruner _pruner;
    private List<BlockId> _demanded = [];
    private ulong _nextJob;
    private BlockId? _executing;
    private bool _hasNews;
    private bool _isTurnOfExecution;
    private bool _isExplaining;
    private Proposal? _proposal;
    private ulong _building;

    public ChainService(
        ChainDefinition definition,
        BlockTree tree,
        IHeaderRules rules,
        FullNodeOptions options,
        ResidentStates states,
        Mempool mempool,
        KeptStates kept = default)
    {
        long bodyCacheBytes = options.BodyCacheBytes;
        _options = options;
        _states = states;
        _mempool = mempool;
        _definition = definition;
        _tree = tree;
        _rules = rules;
        _bodies = new BodyCache(bodyCacheBytes);
        _moves = new HeadMoves(_bodies);
        _pruner = new StatePruner(options.StateWindow, kept);

        // What is asked for ahead of execution fits the cache even where every block is as large as may be.
        _bodyWindow = (int)long.Clamp(bodyCacheBytes / definition.Ledger.Limits.BlockBytes, 1, MaxBodyWindow);
    }

    public BlockTree Tree => _tree;

    /// <summary>Offers headers in ascending order; stops at the first that is not taken.</summary>
    public (AddHeaderStatus Status, HeaderVerdict Verdict, int Added) AddHeaders(
        IReadOnlyList<BlockHeader> headers, ConnectionId? source, UnixTime now, IEffects effects)
    {
        int added = 0;
        foreach (BlockHeader header in headers)
        {
            AddHeaderResult result = _tree.TryAdd(header, _rules, now, source);
            if (result.Status == AddHeaderStatus.Added)
            {
                added++;
                effects.Emit(new ChainEvent.HeaderAdded(header));
            }
            else if (result.Status != AddHeaderStatus.AlreadyKnown)
            {
                return (result.Status, result.Verdict, added);
            }
        }

        return (AddHeaderStatus.Added, HeaderVerdict.Valid, added);
    }

    /// <summary>Takes the body of a block whose header is in the tree.</summary>
    public void AddBody(Block block, ConnectionId? origin)
    {
        if (_tree.TryGet(block.Id, out BlockTreeNode? node) && node.Status == BlockStatus.HeaderOnly)
        {
            _bodies.Add(block, origin);
            _hasNews = true;
        }
    }

    /// <summary>Valid blocks, where all of them are at hand; null where one has to be read.</summary>
    public List<Block>? FindAtHand(IReadOnlyList<BlockId> ids)
    {
        var blocks = new List<Block>(ids.Count);
        foreach (BlockId id in ids)
        {
            if (!HasBody(id) || !_bodies.TryGet(id, out Block? block))
            {
                return null;
            }

            blocks.Add(block);
        }

        return blocks;
    }

    /// <summary>Whether the body of a block can be served.</summary>
    public bool HasBody(BlockId id) => _tree.TryGet(id, out BlockTreeNode? node) && node.Status == BlockStatus.Valid;

    public void RequestVerdict(BlockId id, IEffects effects)
    {
        if (!_tree.TryGet(id, out BlockTreeNode? node))
        {
            effects.Emit(new ChainEvent.Judged(id, new BlockVerdict.Pending(id)));
            return;
        }

        switch (node.Status)
        {
            case BlockStatus.Valid:
                effects.Emit(new ChainEvent.Judged(id, new BlockVerdict.Valid()));
                break;
            case BlockStatus.Invalid:
                effects.Emit(new ChainEvent.Judged(id, new BlockVerdict.Invalid("judged before")));
                break;
            default:
                _wanted.Add(node);
                _hasNews = true;
                break;
        }
    }

    /// <summary>Moves the head to a valid block, durably, and gathers the bodies of both sides.</summary>
    public void MoveHead(BlockId id, IEffects effects)
    {
        if (!_tree.TryGet(id, out BlockTreeNode? node) || node.Status != BlockStatus.Valid || ReferenceEquals(node, _tree.Head))
        {
            return;
        }

        Move(node, _tree.SetHead(id), new WriteBatch(), isRewind: false, effects);
    }

    /// <summary>
    /// Moves the head back to an ancestor and forgets all that does not lead there: also a restart does not bring it back.
    /// The blocks stay in the store, for readers who stand at one of them and must be led back.
    /// </summary>
    public void Rewind(BlockId id, IEffects effects)
    {
        if (!_tree.TryGet(id, out BlockTreeNode? node)
            || !node.IsOnChainOf(_tree.Head)
            || node.Height < _tree.Finalized.Height
            || !_pruner.IsInReach(node, _tree))
        {
            return;
        }

        var batch = new WriteBatch();
        ChainPath path = _tree.Rewind(id, out IReadOnlyList<BlockTreeNode> forgotten);
        foreach (BlockTreeNode each in forgotten)
        {
            ChainRecords.DeleteHeader(batch, each.Header);
        }

        _proposal = null;
        _hasNews = true;
        Move(node, path, batch, isRewind: true, effects);
    }

    private void Move(BlockTreeNode node, ChainPath path, WriteBatch batch, bool isRewind, IEffects effects)
    {
        ChainRecords.WriteMove(batch, node, path);
        effects.Write(batch, Durability.Durable);
        effects.HoldUntilDurable();
        _hasNews |= _pruner.IsDue(_tree);
        HeadMove move = _moves.Add(node.Header, path, isRewind);
        if (!move.HasBodies)
        {
            Offload(new LoadBlocksJob(move.Blocks), new PendingJob.LoadMove(move), effects);
        }

        _moves.Tell(effects);
    }

    /// <summary>Marks a block as safe; one that is not on the head's chain any more is passed over.</summary>
    public void MarkSafe(BlockId id)
    {
        if (_tree.TryGet(id, out BlockTreeNode? node) && ReferenceEquals(_tree.OnChain(node.Height), node) && node.Height >= _tree.Finalized.Height)
        {
            _tree.SetSafe(id);
        }
    }

    /// <summary>Makes a block of the head's chain final and stores the certificate; false where it is not on that chain.</summary>
    public bool TryFinalize(BlockId id, ReadOnlyMemory<byte> certificate, IEffects effects)
    {
        if (!_tree.TryGet(id, out BlockTreeNode? node) || !node.IsOnChainOf(_tree.Head))
        {
            return false;
        }

        if (node.Height > _tree.Finalized.Height)
        {
            _tree.Finalize(id);
            var batch = new WriteBatch();
            ChainRecords.WriteFinalized(batch, node.Header, certificate);
            effects.Write(batch, Durability.Buffered); // after a loss of power the engine makes it final anew
        }

        return true;
    }

    /// <summary>Builds a block on a valid parent; its answer replaces an earlier proposal.</summary>
    public void Build(ulong proposal, BlockId parent, UnixTime time, IEffects effects)
    {
        if (!_tree.TryGet(parent, out BlockTreeNode? node) || node.Status != BlockStatus.Valid || !_pruner.IsInReach(node, _tree))
        {
            return;
        }

        _building = proposal;
        var frame = new HeaderFields(
            BlockHeader.CurrentVersion, node.Height.Next(), parent, time, default, default, node.HistoryRootForChild);
        Hash256 stateRoot = node.Header.Fields.StateRoot;
        Offload(_definition.BuildBlock(stateRoot, in frame, ActivityBefore(node), _mempool, _states), new PendingJob.BuildBlock(proposal, frame, stateRoot), effects);
    }

    /// <summary>Completes the current proposal and judges it like any other block.</summary>
    /// <returns>The block; null where the proposal was replaced or its header breaks a rule.</returns>
    public Block? Seal(ulong proposal, ReadOnlyMemory<byte> seal, UnixTime now, IEffects effects)
    {
        if (_proposal is null || _proposal.Number != proposal)
        {
            return null;
        }

        Block block = Block.Create(BlockHeader.Create(_proposal.Fields, seal.Span), _proposal.Transactions);
        _proposal = null;
        (AddHeaderStatus status, _, _) = AddHeaders([block.Header], null, now, effects);
        AddBody(block, null);
        return status == AddHeaderStatus.Added ? block : null;
    }

    /// <summary>
    /// Takes up the chain of an earlier life. What that life wrote and was killed before it was durable may have been read
    /// back from the operating system's memory, so the head is written once more, durably, before anything is told or
    /// signed: a durable write makes all before it durable.
    /// </summary>
    /// <param name="headers">Of the stored blocks, parents before children.</param>
    /// <param name="head">The head.</param>
    /// <param name="finalized">The newest final block, where there is one.</param>
    /// <param name="knowsHeights">Whether the store says which block stands at each height.</param>
    /// <param name="effects">Takes the write.</param>
    public void Recover(IReadOnlyList<BlockHeader> headers, BlockId head, BlockId? finalized, bool knowsHeights, IEffects effects)
    {
        foreach (BlockHeader header in headers)
        {
            _tree.AddTrusted(header, _rules, BlockStatus.Valid);
        }

        ChainPath path = _tree.SetHead(head);
        var batch = new WriteBatch();
        ChainRecords.WriteHead(batch, head);
        foreach (BlockTreeNode node in knowsHeights ? [] : path.Applied.Prepend(_tree.Genesis))
        {
            ChainRecords.WriteOnChain(batch, node.Header);
        }

        effects.Write(batch, Durability.Durable);
        effects.HoldUntilDurable();
        if (finalized is { } id && _tree.TryGet(id, out BlockTreeNode? final) && final.IsOnChainOf(_tree.Head))
        {
            _tree.Finalize(id);
        }
    }

    /// <summary>Writes genesis to an empty store.</summary>
    public void StoreGenesis(IEffects effects)
    {
        var batch = new WriteBatch();
        batch.Append(_definition.GenesisWrites);
        ChainRecords.WriteBlock(batch, _definition.Genesis);
        ChainRecords.WriteHead(batch, _definition.Genesis.Id);
        ChainRecords.WriteOnChain(batch, _definition.Genesis.Header);
        if (_options.IndexesTransactions)
        {
            TransactionIndex.Write(batch, _definition.Genesis);
            ChainRecords.WriteIndexed(batch, ChainRecords.AllIndexed);
        }

        effects.Write(batch, Durability.Durable);
        effects.HoldUntilDurable();
    }

    /// <summary>Goes on with an index of transactions that lacks blocks, or says that there is none any more.</summary>
    /// <param name="indexed">The first height whose blocks it may lack; null where there is no index.</param>
    /// <param name="effects">Takes the job or the write.</param>
    public void TakeUpIndex(BlockHeight? indexed, IEffects effects)
    {
        if (_options.IndexesTransactions && indexed != ChainRecords.AllIndexed)
        {
            Offload(new IndexBlocksJob(indexed ?? BlockHeight.Genesis), new PendingJob.IndexBlocks(), effects);
        }
        else if (!_options.IndexesTransactions && indexed is not null)
        {
            var batch = new WriteBatch();
            ChainRecords.WriteIndexed(batch, null);
            effects.Write(batch, Durability.Buffered);
        }
    }

    /// <summary>
    /// Gets a block whose header is not in the tree: from the store, which keeps every block that was judged valid, or
    /// from peers. A node that restarts knows the head's chain only, while it may have voted for a block beside it.
    /// </summary>
    public void Fetch(BlockId id, ConnectionId? from, IEffects effects)
    {
        if (!_tree.TryGet(id, out _))
        {
            Offload(new LoadBlocksJob([id]), new PendingJob.LoadFetched(id, from, []), effects);
        }
    }

    public void OnJobFinished(JobId id, JobResult result, UnixTime now, IEffects effects)
    {
        if (!_jobs.Remove(id.Value, out PendingJob? pending))
        {
            return;
        }

        switch (pending, result)
        {
            case (PendingJob.Judge judge, _) when judge.Judgement.Take(result) is { } executed:
                OnExecuted(judge.Judgement.Block, executed, effects);
                break;
            case (PendingJob.ReadValidators read, ValidatorsRead validators):
                OnValidatorsRead(read.Block, read.Executed, validators.Validators, effects);
                break;
            case (PendingJob.BuildBlock build, BlockBuilt built):
                OnBuilt(build, built, effects);
                break;
            case (PendingJob.LoadMove load, BlocksLoaded loaded):
                _moves.Take(load.Move, loaded.Found);
                _moves.Tell(effects);
                break;
            case (PendingJob.LoadFetched fetched, BlocksLoaded loaded):
                OnFetchedLoaded(fetched, loaded, now, effects);
                break;
            case (PendingJob.Prune, StatesPruned pruned):
                effects.Write(_pruner.Finish(pruned), Durability.Buffered);
                _isTurnOfExecution = true;
                _hasNews = true;
                break;
            case (PendingJob.Explain, MismatchExplained explained):
                _isExplaining = false;
                effects.Emit(new ChainEvent.MismatchExplained(explained));
                break;
            case (PendingJob.IndexBlocks, BlocksIndexed indexed):
                OnIndexed(indexed, effects);
                break;
        }
    }

    /// <summary>
    /// After all that a step brought: executes the next block that a wanted branch waits for, and says which bodies
    /// are missing. False where there was nothing new.
    /// </summary>
    public bool TryAdvance(IEffects effects)
    {
        if (!_hasNews)
        {
            return false;
        }

        _hasNews = false;
        if (_wanted.Tips.Count == 0 && _demanded.Count == 0)
        {
            TryPrune(effects);
            return true;
        }

        _wanted.Prune(_tree);
        ForgetOutOfReach(effects);
        if (!_isTurnOfExecution)
        {
            TryPrune(effects);
        }

        var missing = new List<BlockTreeNode>();
        for (int i = 0; i < _wanted.Tips.Count; i++)
        {
            BlockTreeNode tip = _wanted.Tips[i];
            BlockTreeNode next = FirstUnjudged(tip);
            if (_executing is null && !_pruner.IsRunning && _bodies.TryGet(next.Id, out Block? body))
            {
                Execute(body, next.Parent!, effects);
                _isTurnOfExecution = false;
            }

            FindMissing(next, tip, missing);
        }

        TryPrune(effects);
        Demand(missing, effects);
        return true;
    }

    /// <summary>Runs a slice of pruning between two executions: each of them reads what the other one writes.</summary>
    private void TryPrune(IEffects effects)
    {
        if (_executing is null && _pruner.IsDue(_tree))
        {
            Offload(_pruner.Start(_tree, _options.IndexesTransactions), new PendingJob.Prune(), effects);
        }
    }

    private void ForgetOutOfReach(IEffects effects)
    {
        if (_pruner.ReachesAll)
        {
            return;
        }

        foreach (BlockTreeNode tip in _wanted.Tips.ToArray())
        {
            BlockTreeNode next = FirstUnjudged(tip);
            if (!_pruner.IsInReach(next.Parent!, _tree))
            {
                _wanted.Forget(tip);
                effects.Emit(new ChainEvent.OutOfReach(next.Header, tip.Header));
            }
        }
    }

    /// <summary>The lowest block of a branch that has no verdict. Above a block without one there is none with one.</summary>
    private static BlockTreeNode FirstUnjudged(BlockTreeNode tip)
    {
        if (tip.Parent is not { Status: BlockStatus.HeaderOnly })
        {
            return tip; // as nearly always
        }

        ulong low = 0;
        ulong high = tip.Height.Value;
        while (low < high)
        {
            ulong middle = low + ((high - low) / 2);
            bool isJudged = tip.AncestorAt(new BlockHeight(middle))!.Status != BlockStatus.HeaderOnly;
            (low, high) = isJudged ? (middle + 1, high) : (low, middle);
        }

        return tip.AncestorAt(new BlockHeight(low))!;
    }

    private void FindMissing(BlockTreeNode first, BlockTreeNode tip, List<BlockTreeNode> missing)
    {
        ulong last = ulong.Min(tip.Height.Value, first.Height.Value + (ulong)_bodyWindow - 1);
        for (ulong height = first.Height.Value; height <= last && missing.Count < MaxDemand; height++)
        {
            BlockTreeNode node = tip.AncestorAt(new BlockHeight(height))!;
            if (!_bodies.TryGet(node.Id, out _) && node.Id != _executing)
            {
                missing.Add(node);
            }
        }
    }

    /// <summary>Asks for what is missing, and no longer for what no branch waits for.</summary>
    private void Demand(List<BlockTreeNode> missing, IEffects effects)
    {
        List<BlockId> ids = missing.ConvertAll(static node => node.Id);
        if (_demanded.Count > 0)
        {
            List<BlockId> unwanted = _demanded.FindAll(id => !HasArrived(id));
            if (unwanted.Count > 0)
            {
                HashSet<BlockId> demanded = [.. ids];
                unwanted.RemoveAll(demanded.Contains);
            }

            if (unwanted.Count > 0)
            {
                effects.Emit(new ChainEvent.BodiesUnwanted(unwanted));
            }
        }

        _demanded = ids;

        if (missing.Count > 0)
        {
            effects.Emit(new ChainEvent.BodiesMissing(missing));
        }
    }

    private bool HasArrived(BlockId id) => _bodies.TryGet(id, out _) || HasBody(id) || id == _executing;

    private void Execute(Block block, BlockTreeNode parent, IEffects effects)
    {
        _executing = block.Id;
        Hash256 parentRoot = parent.Header.Fields.StateRoot;
        BlockActivity? activity = ActivityBefore(parent);
        var judgement = new BlockJudgement(block);
        List<Job> jobs = judgement.Jobs(
            places => _definition.ExecuteBlock(parentRoot, block, activity, _states, _options.MaxStateNodes, places),
            places => _definition.CheckSignatures(block, places),
            UncheckedSignatures(block),
            _options.SignatureLanes);
        foreach (Job job in jobs)
        {
            Offload(job, new PendingJob.Judge(judgement), effects);
        }
    }

    /// <summary>The transactions that the mempool does not hold, and so has not checked.</summary>
    private List<int> UncheckedSignatures(Block block)
    {
        bool mayKnow = _mempool.Count != 0;
        if (mayKnow)
        {
            TransactionHashes.Find(block.Transactions);
        }

        var places = new List<int>();
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            if (!mayKnow || !_mempool.HasChecked(block.Transactions[i].Id))
            {
                places.Add(i);
            }
        }

        return places;
    }

    private BlockActivity? ActivityBefore(BlockTreeNode parent) =>
        _definition.Ledger.UsesActivity ? _rules.ActivityBefore(parent.Height.Next(), parent.AncestorsOfChild()) : null;

    private void OnExecuted(Block block, BlockExecuted executed, IEffects effects)
    {
        if (executed.IsValid && _definition.Ledger.Validators is { } source && source.NamesValidators(block.Height))
        {
            // The state's records are named by their hashes: nothing refers to them before the block is stored.
            effects.Write(executed.Writes, Durability.Buffered);
            Offload(new ReadValidatorsJob(source, executed.StateRoot), new PendingJob.ReadValidators(block, executed), effects);
            return;
        }

        _executing = null;
        _hasNews = true;
        if (_tree.TryGet(block.Id, out BlockTreeNode? node))
        {
            if (executed.IsValid)
            {
                var batch = new WriteBatch();
                batch.Append(executed.Writes);
                Store(node, block, executed, batch, effects);
            }
            else
            {
                Spoil(node, executed.Reason, effects);
                if (executed.Mismatch is { } mismatch)
                {
                    OnMismatch(node.Parent!, mismatch, effects);
                }
            }
        }
    }

    private void OnValidatorsRead(Block block, BlockExecuted executed, ValidatorSet validators, IEffects effects)
    {
        _executing = null;
        _hasNews = true;
        if (_tree.TryGet(block.Id, out BlockTreeNode? node))
        {
            var batch = new WriteBatch();
            ChainRecords.WriteValidators(batch, block.Header, validators);
            effects.Emit(new ChainEvent.ValidatorsNamed(block.Id, validators));
            Store(node, block, executed, batch, effects);
        }
    }

    private void Store(BlockTreeNode node, Block block, BlockExecuted executed, WriteBatch batch, IEffects effects)
    {
        ChainRecords.WriteBlock(batch, block);
        if (_options.IndexesTransactions)
        {
            TransactionIndex.Write(batch, block);
        }

        effects.Write(batch, Durability.Buffered);
        _bodies.Settle(block);
        _states.Keep(executed.Resident);
        _tree.MarkValid(node.Id);
        effects.Emit(new ChainEvent.Stored(block, executed.Receipts));
        if (_wanted.Settle(node))
        {
            effects.Emit(new ChainEvent.Judged(node.Id, new BlockVerdict.Valid()));
        }
    }

    private void Spoil(BlockTreeNode node, string reason, IEffects effects)
    {
        effects.Emit(new ChainEvent.Refused(node.Id, reason, _bodies.OriginOf(node.Id)));
        foreach (BlockTreeNode spoiled in _tree.MarkInvalid(node.Id))
        {
            if (_wanted.Settle(spoiled))
            {
                effects.Emit(new ChainEvent.Judged(spoiled.Id, new BlockVerdict.Invalid(reason)));
            }
        }
    }

    /// <summary>Keeps what came out here and looks for the reason, of one block at a time: whoever makes such blocks gets no more of our time.</summary>
    private void OnMismatch(BlockTreeNode parent, StateMismatch mismatch, IEffects effects)
    {
        var batch = new WriteBatch();
        ChainRecords.WriteMismatch(batch, mismatch);
        effects.Write(batch, Durability.Buffered);
        if (!_isExplaining)
        {
            _isExplaining = true;
            Offload(_definition.ExplainMismatch(parent.Header.Fields.StateRoot, mismatch, ActivityBefore(parent)), new PendingJob.Explain(), effects);
        }
    }

    private void OnIndexed(BlocksIndexed indexed, IEffects effects)
    {
        BlockHeight next = indexed.Next ?? ChainRecords.AllIndexed;
        var batch = new WriteBatch();
        batch.Append(indexed.Writes);
        ChainRecords.WriteIndexed(batch, next);
        effects.Write(batch, Durability.Buffered);
        TakeUpIndex(next, effects);
    }

    private void OnBuilt(PendingJob.BuildBlock build, BlockBuilt built, IEffects effects)
    {
        if (built.Refused.Count > 0)
        {
            effects.Emit(new ChainEvent.CandidatesRefused(build.ParentStateRoot, built.Refused));
        }

        if (build.Proposal != _building)
        {
            return;
        }

        HeaderFields fields = build.Frame with { TransactionsRoot = built.TransactionsRoot, StateRoot = built.StateRoot };
        _proposal = new Proposal(build.Proposal, fields, built.Transactions);
        effects.Emit(new ChainEvent.ProposalReady(build.Proposal, fields));
    }

    /// <summary>Adds what was found, after the ancestors that the tree lacks as well.</summary>
    private void OnFetchedLoaded(PendingJob.LoadFetched fetched, BlocksLoaded loaded, UnixTime now, IEffects effects)
    {
        if (loaded.Found.Count == 0)
        {
            if (!_tree.TryGet(fetched.Block, out _)) // else a peer brought it while the store was read
            {
                effects.Emit(new ChainEvent.BlockUnknown(fetched.Block, fetched.From));
            }

            return;
        }

        List<Block> path = [.. fetched.Above, loaded.Found[0]];
        BlockId parent = path[^1].Header.Parent;
        if (!_tree.TryGet(parent, out _) && path.Count < MaxBodyWindow)
        {
            Offload(new LoadBlocksJob([parent]), new PendingJob.LoadFetched(parent, fetched.From, path), effects);
            return;
        }

        path.Reverse();
        foreach (Block block in path)
        {
            AddHeaders([block.Header], null, now, effects);
            AddBody(block, null);
        }
    }

    private void Offload(Job job, PendingJob pending, IEffects effects)
    {
        ulong id = _nextJob++;
        _jobs.Add(id, pending);
        effects.Offload(new JobId(id), job);
    }

    private sealed record Proposal(ulong Number, HeaderFields Fields, IReadOnlyList<Transaction> Transactions);

    private abstract record PendingJob
    {
        internal sealed record Judge(BlockJudgement Judgement) : PendingJob;

        internal sealed record ReadValidators(Block Block, BlockExecuted Executed) : PendingJob;

        internal sealed record BuildBlock(ulong Proposal, HeaderFields Frame, Hash256 ParentStateRoot) : PendingJob;

        internal sealed record LoadMove(HeadMove Move) : PendingJob;

        internal sealed record Prune : PendingJob;

        internal sealed record Explain : PendingJob;

        internal sealed record IndexBlocks : PendingJob;

        internal sealed record LoadFetched(BlockId Block, ConnectionId? From, IReadOnlyList<Block> Above) : PendingJob;
    }
}
