using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// Judges the blocks that the engine asks about: says which bodies are missing, executes one block at a time on its parent's state, and
/// stores the valid ones. Slices of pruning run in between, as each of the two reads what the other one writes.
/// </summary>
internal sealed class BlockJudge
{
    /// <summary>Most blocks of a branch whose bodies are asked for ahead of execution.</summary>
    public const int MaxBodyWindow = 64;

    private const int MaxDemand = 512;
    private const int RecordsOfABlock = 2;

    private readonly ChainDefinition _definition;
    private readonly BlockTree _tree;
    private readonly IHeaderRules _rules;
    private readonly FullNodeOptions _options;
    private readonly ResidentStates _states;
    private readonly Mempool _mempool;
    private readonly BodyCache _bodies;
    private readonly StatePruner _pruner;
    private readonly ChainJobs _jobs;
    private readonly VerdictQueue _wanted = new();
    private readonly int _bodyWindow;
    private List<BlockId> _demanded = [];
    private BlockId? _executing;
    private bool _hasNews;
    private bool _isTurnOfExecution;
    private Unexplained? _unexplained;

    public BlockJudge(
        ChainDefinition definition,
        BlockTree tree,
        IHeaderRules rules,
        FullNodeOptions options,
        ResidentStates states,
        Mempool mempool,
        BodyCache bodies,
        StatePruner pruner,
        ChainJobs jobs)
    {
        _definition = definition;
        _tree = tree;
        _rules = rules;
        _options = options;
        _states = states;
        _mempool = mempool;
        _bodies = bodies;
        _pruner = pruner;
        _jobs = jobs;

        // What is asked for ahead of execution fits the cache even where every block is as large as may be.
        _bodyWindow = (int)long.Clamp(options.BodyCacheBytes / definition.Ledger.Limits.BlockBytes, 1, MaxBodyWindow);
    }

    /// <summary>Whether a block is in the store: it was found valid.</summary>
    public bool IsStored(BlockId id) => _tree.TryGet(id, out BlockTreeNode? node) && node.Status == BlockStatus.Valid;

    /// <summary>Takes the body of a block whose header is in the tree.</summary>
    public void AddBody(Block block, ConnectionId? origin)
    {
        if (_tree.TryGet(block.Id, out BlockTreeNode? node) && node.Status == BlockStatus.HeaderOnly)
        {
            _bodies.Add(block, origin);
            _hasNews = true;
        }
    }

    /// <summary>Has a block judged, after its ancestors; says so at once where it was before.</summary>
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

    /// <summary>The head moved: what is wanted may be out of reach, and what is out of reach may be pruned.</summary>
    public void OnHeadMoved(bool isRewind) => _hasNews |= isRewind || _pruner.IsDue(_tree);

    /// <summary>Goes on with the result of a job that was offloaded here.</summary>
    public void OnJobFinished(PendingJob pending, JobResult result, IEffects effects)
    {
        switch (pending, result)
        {
            case (PendingJob.Judge judge, _) when judge.Judgement.Take(result) is { } executed:
                OnExecuted(judge.Judgement.Block, executed, effects);
                break;
            case (PendingJob.ReadValidators read, ValidatorsRead validators):
                OnValidatorsRead(read.Block, read.Executed, validators.Validators, effects);
                break;
            case (PendingJob.Prune, StatesPruned pruned):
                effects.Write(_pruner.Finish(pruned), Durability.Buffered);
                _isTurnOfExecution = true;
                _hasNews = true;
                break;
            case (PendingJob.Explain explain, MismatchExplained explained):
                _unexplained = null;
                effects.Emit(new ChainEvent.MismatchExplained(explained, explain.Asked));
                break;
        }
    }

    /// <summary>
    /// Looks for the reason why a block has another state root than came out here, after a peer was asked what it changes there. Does
    /// nothing where the state of the parent has been deleted meanwhile.
    /// </summary>
    public void Explain(BlockId block, ConnectionId? asked, PeerMessage.StateChanges? answer, IEffects effects)
    {
        if (_unexplained is not { } open || open.Mismatch.Block.Id != block)
        {
            return;
        }

        if (!_pruner.IsInReach(open.Parent, _tree))
        {
            _unexplained = null;
            return;
        }

        Hash256 parentRoot = open.Parent.Header.Fields.StateRoot;
        Job job = _definition.ExplainMismatch(parentRoot, open.Mismatch, open.Activity, asked is not null, answer);
        _jobs.Offload(job, new PendingJob.Explain(asked), effects);
    }

    /// <summary>Who proposed and who voted, as a block on this parent has to tell its modules; null where none asks.</summary>
    public BlockActivity? ActivityBefore(BlockTreeNode parent) =>
        _definition.Ledger.UsesActivity ? _rules.ActivityBefore(parent.Height.Next(), parent.AncestorsOfChild()) : null;

    /// <summary>Runs a slice of pruning between two executions: each of them reads what the other one writes.</summary>
    private void TryPrune(IEffects effects)
    {
        if (_executing is null && _pruner.IsDue(_tree))
        {
            _jobs.Offload(_pruner.Start(_tree, _options.IndexesTransactions), new PendingJob.Prune(), effects);
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
        if (missing.Count == 0 && _demanded.Count == 0)
        {
            return;
        }

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

    private bool HasArrived(BlockId id) => _bodies.TryGet(id, out _) || IsStored(id) || id == _executing;

    private void Execute(Block block, BlockTreeNode parent, IEffects effects)
    {
        _executing = block.Id;
        Hash256 parentRoot = parent.Header.Fields.StateRoot;
        BlockActivity? activity = ActivityBefore(parent);
        var judgement = new BlockJudgement(block);
        List<int>[] shares = judgement.Share(UncheckedSignatures(block), _options.SignatureLanes);
        for (int i = 0; i < shares.Length; i++)
        {
            Job job = i == 0
                ? _definition.ExecuteBlock(parentRoot, block, activity, _states, _options.MaxStateNodes, shares[i])
                : _definition.CheckSignatures(block, shares[i]);
            _jobs.Offload(job, new PendingJob.Judge(judgement), effects);
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

    private void OnExecuted(Block block, BlockExecuted executed, IEffects effects)
    {
        if (executed.IsValid && _definition.Ledger.Validators is { } source && source.NamesValidators(block.Height))
        {
            // The state's records are named by their hashes: nothing refers to them before the block is stored.
            effects.Write(executed.Writes, Durability.Buffered);
            _jobs.Offload(new ReadValidatorsJob(source, executed.StateRoot), new PendingJob.ReadValidators(block, executed), effects);
            return;
        }

        _executing = null;
        _hasNews = true;
        if (_tree.TryGet(block.Id, out BlockTreeNode? node))
        {
            if (executed.IsValid)
            {
                var batch = new WriteBatch(executed.Writes.Operations.Count + RecordsOfABlock);
                batch.Append(executed.Writes);
                Store(node, block, executed, batch, effects);
            }
            else
            {
                bool explains = executed.Mismatch is { } mismatch && OnMismatch(node.Parent!, mismatch, effects);
                Spoil(node, executed.Reason, explains, effects);
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

    private void Spoil(BlockTreeNode node, string reason, bool wantsChanges, IEffects effects)
    {
        effects.Emit(new ChainEvent.Refused(node.Id, reason, _bodies.OriginOf(node.Id), wantsChanges));
        foreach (BlockTreeNode spoiled in _tree.MarkInvalid(node.Id))
        {
            if (_wanted.Settle(spoiled))
            {
                effects.Emit(new ChainEvent.Judged(spoiled.Id, new BlockVerdict.Invalid(reason)));
            }
        }
    }

    /// <summary>
    /// Keeps what came out here. True where the reason is to be looked for, of one block at a time: whoever makes such blocks gets no
    /// more of our time.
    /// </summary>
    private bool OnMismatch(BlockTreeNode parent, StateMismatch mismatch, IEffects effects)
    {
        var batch = new WriteBatch();
        ChainRecords.WriteMismatch(batch, mismatch);
        effects.Write(batch, Durability.Buffered);
        if (_unexplained is not null)
        {
            return false;
        }

        _unexplained = new Unexplained(mismatch, parent, ActivityBefore(parent));
        return true;
    }

    private sealed record Unexplained(StateMismatch Mismatch, BlockTreeNode Parent, BlockActivity? Activity);
}
