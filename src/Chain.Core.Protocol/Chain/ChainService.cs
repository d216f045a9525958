using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// Owns the block tree: takes headers, builds blocks, moves the head where the engine says and makes blocks final, and keeps the
/// records of all that. Blocks are judged by its <see cref="BlockJudge"/>. Everything that reads the store is an offloaded job.
/// </summary>
internal sealed class ChainService
{
    private readonly ChainDefinition _definition;
    private readonly BlockTree _tree;
    private readonly IHeaderRules _rules;
    private readonly BodyCache _bodies;
    private readonly HeadMoves _moves;
    private readonly FullNodeOptions _options;
    private readonly ResidentStates _states;
    private readonly Mempool _mempool;
    private readonly StatePruner _pruner;
    private readonly ChainJobs _jobs = new();
    private readonly BlockJudge _judge;
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
        _options = options;
        _states = states;
        _mempool = mempool;
        _definition = definition;
        _tree = tree;
        _rules = rules;
        _bodies = new BodyCache(options.BodyCacheBytes);
        _moves = new HeadMoves(_bodies);
        _pruner = new StatePruner(options.StateWindow, kept);
        _judge = new BlockJudge(definition, tree, rules, options, states, mempool, _bodies, _pruner, _jobs);
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
    public void AddBody(Block block, ConnectionId? origin) => _judge.AddBody(block, origin);

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
    public bool HasBody(BlockId id) => _judge.IsStored(id);

    /// <summary>Has a block judged, after its ancestors; the verdict is an event.</summary>
    public void RequestVerdict(BlockId id, IEffects effects) => _judge.RequestVerdict(id, effects);

    /// <inheritdoc cref="BlockJudge.Explain"/>
    public void Explain(BlockId block, ConnectionId? asked, PeerMessage.StateChanges? answer, IEffects effects) =>
        _judge.Explain(block, asked, answer, effects);

    /// <summary>Reads what a valid block changed in the state of its parent; null where there is no such block, or it has no parent.</summary>
    public Job? LoadStateChanges(BlockId id) =>
        HasBody(id) && _tree.TryGet(id, out BlockTreeNode? node) && node.Parent is { } parent
            ? ChainDefinition.LoadStateChanges(parent.Header, node.Header, _states)
            : null;

    /// <summary>After all that a step brought: goes on judging. False where there was nothing new.</summary>
    public bool TryAdvance(IEffects effects) => _judge.TryAdvance(effects);

    /// <summary>Moves the head to a valid block, durably, and gathers the bodies of both sides.</summary>
    public void MoveHead(BlockId id, IEffects effects)
    {
        if (!_tree.TryGet(id, out BlockTreeNode? node) || node.Status != BlockStatus.Valid || ReferenceEquals(node, _tree.Head))
        {
            return;
        }

        ChainPath path = _tree.SetHead(id);
        Move(node, path, new WriteBatch(1 + path.Unapplied.Count + path.Applied.Count), isRewind: false, effects);
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
        Move(node, path, batch, isRewind: true, effects);
    }

    private void Move(BlockTreeNode node, ChainPath path, WriteBatch batch, bool isRewind, IEffects effects)
    {
        ChainRecords.WriteMove(batch, node, path);
        effects.Write(batch, Durability.Durable);
        effects.HoldUntilDurable();
        _judge.OnHeadMoved(isRewind);
        HeadMove move = _moves.Add(node.Header, path, isRewind);
        if (!move.HasBodies)
        {
            _jobs.Offload(new LoadBlocksJob(move.Blocks), new PendingJob.LoadMove(move), effects);
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
        _jobs.Offload(_definition.BuildBlock(stateRoot, in frame, _judge.ActivityBefore(node), _mempool, _states), new PendingJob.BuildBlock(proposal, frame, stateRoot), effects);
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
            _jobs.Offload(new IndexBlocksJob(indexed ?? BlockHeight.Genesis), new PendingJob.IndexBlocks(), effects);
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
            _jobs.Offload(new LoadBlocksJob([id]), new PendingJob.LoadFetched(id, from, []), effects);
        }
    }

    public void OnJobFinished(JobId id, JobResult result, UnixTime now, IEffects effects)
    {
        if (!_jobs.TryTake(id, out PendingJob? pending))
        {
            return;
        }

        switch (pending, result)
        {
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
            case (PendingJob.IndexBlocks, BlocksIndexed indexed):
                OnIndexed(indexed, effects);
                break;
            default:
                _judge.OnJobFinished(pending, result, effects);
                break;
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
        if (!_tree.TryGet(parent, out _) && path.Count < BlockJudge.MaxBodyWindow)
        {
            _jobs.Offload(new LoadBlocksJob([parent]), new PendingJob.LoadFetched(parent, fetched.From, path), effects);
            return;
        }

        path.Reverse();
        foreach (Block block in path)
        {
            AddHeaders([block.Header], null, now, effects);
            AddBody(block, null);
        }
    }

    private sealed record Proposal(ulong Number, HeaderFields Fields, IReadOnlyList<Transaction> Transactions);
}
