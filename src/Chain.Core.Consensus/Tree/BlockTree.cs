using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>
/// Every header that the chain service knows, as a tree, with the marks head, safe and finalized. It checks what all
/// engines have in common (version, height, parent, history root, checkpoints) and leaves the rest to the engine's
/// rules. Orphans are never kept, and what one peer can fill with cheap headers is bounded (<see cref="BlockTreeLimits"/>).
/// </summary>
/// <remarks>Not safe for several threads; it belongs to the chain service, and engines read it through <see cref="IBlockTree"/>.</remarks>
public sealed class BlockTree : IBlockTree
{
    private const int HistoriesKept = 64;
    private const int HistoryInterval = 64;

    private readonly BlockTreeLimits _limits;
    private readonly HeaderJudgements? _judgements;
    private readonly HashSet<BlockTreeNode> _nodes = new(new NodesById());
    private readonly HashSet<BlockTreeNode>.AlternateLookup<BlockId> _byId;
    private readonly SortedSet<BlockTreeNode> _tips = new(new TipOrder());
    private readonly List<BlockTreeNode> _chain = []; // the head's chain; the root is at index 0
    private readonly SortedDictionary<ulong, HeaderBudget> _budgets = [];
    private readonly HeaderBudget _gone = new();
    private ulong _sequence;

    /// <summary>A tree that holds genesis, which is its head, safe and finalized.</summary>
    /// <param name="genesis">The first header.</param>
    /// <param name="limits">The defaults where null.</param>
    /// <param name="judgements">What other trees of the same chain on the same thread judged; null where there are none.</param>
    /// <exception cref="ArgumentException">The height of <paramref name="genesis"/> is not 0, or a limit is out of range.</exception>
    public BlockTree(BlockHeader genesis, BlockTreeLimits? limits = null, HeaderJudgements? judgements = null)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        if (genesis.Height != BlockHeight.Genesis)
        {
            throw new ArgumentException("Genesis has the height 0.", nameof(genesis));
        }

        _byId = _nodes.GetAlternateLookup<BlockId>();
        _judgements = judgements;
        _limits = limits ?? new BlockTreeLimits();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_limits.HeadersPerSource, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNegative(_limits.HeadersOfGoneSources, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_limits.AverageBlocks, nameof(limits));
        Genesis = Insert(Weigh(genesis, UInt256.Zero), null);
        Genesis.Status = BlockStatus.Valid;
        Head = Safe = Finalized = Genesis;
        _chain.Add(Genesis);
    }

    /// <summary>The first block.</summary>
    public BlockTreeNode Genesis { get; }

    /// <inheritdoc/>
    public BlockTreeNode Head { get; private set; }

    /// <summary>The newest block that the engine holds for unlikely to be undone; between the finalized block and the head.</summary>
    public BlockTreeNode Safe { get; private set; }

    /// <inheritdoc/>
    public BlockTreeNode Finalized { get; private set; }

    /// <inheritdoc/>
    public BlockTreeNode Heaviest => _tips.Min!;

    /// <summary>How many headers the tree holds.</summary>
    public int Count => _nodes.Count;

    /// <inheritdoc/>
    public bool TryGet(BlockId id, [NotNullWhen(true)] out BlockTreeNode? node) => _byId.TryGetValue(id, out node);

    /// <summary>The block of the head's chain at a height; null above the head.</summary>
    public BlockTreeNode? OnChain(BlockHeight height) =>
        height <= Head.Height ? _chain[checked((int)height.Value)] : null;

    /// <summary>Offers a header, of a peer or of this node itself.</summary>
    /// <param name="header">The header.</param>
    /// <param name="rules">The engine's checks for this height.</param>
    /// <param name="now">Wall-clock time, for headers of the future.</param>
    /// <param name="source">Whose budget it counts against; null for a header of one's own, which counts against none.</param>
    public AddHeaderResult TryAdd(BlockHeader header, IHeaderRules rules, UnixTime now, ConnectionId? source = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rules);
        if (_byId.TryGetValue(header.Id, out BlockTreeNode? known))
        {
            return new AddHeaderResult(AddHeaderStatus.AlreadyKnown, HeaderVerdict.Valid, known);
        }

        if (!_byId.TryGetValue(header.Parent, out BlockTreeNode? parent))
        {
            return AddHeaderResult.Refused(AddHeaderStatus.UnknownParent);
        }

        JudgedHeader? judged = _judgements?.Find(header.Id, rules, now);
        HeaderVerdict verdict = judged is null ? CheckPlace(header, parent)
            : parent.Status == BlockStatus.Invalid ? HeaderVerdict.InvalidAncestor
            : HeaderVerdict.Valid;
        if (verdict != HeaderVerdict.Valid)
        {
            return AddHeaderResult.Invalid(verdict);
        }

        if (parent.Height < Finalized.Height)
        {
            return AddHeaderResult.Refused(AddHeaderStatus.BelowFinalized);
        }

        if (!AgreesWithCheckpoints(header))
        {
            return AddHeaderResult.Refused(AddHeaderStatus.AgainstCheckpoint);
        }

        if (judged is not null)
        {
            return Admit(judged.Weighed, parent, judged.Own, source, judged.History);
        }

        var ancestors = new ChildAncestors(parent, ReferenceEquals(parent, Head) ? _chain : null);
        verdict = rules.VerifyHeader(header, ancestors, now);
        if (verdict != HeaderVerdict.Valid)
        {
            return AddHeaderResult.Invalid(verdict);
        }

        UInt256 own = rules.Weight(header);
        AddHeaderResult result = Admit(Weigh(header, UInt256.AddSaturating(parent.Weight, in own)), parent, in own, source);
        if (rules.IsPure && result.Node is { } added)
        {
            _judgements?.Add(header.Id, new JudgedHeader(rules, now, added.Weighed, own, added.KeptHistory));
        }

        return result;
    }

    /// <summary>
    /// Adds a header that was judged before and comes from this node's own store: nothing is verified, and a chain of
    /// n headers takes time in proportion to n. Parents come before children.
    /// </summary>
    /// <exception cref="ArgumentException">The parent is not in the tree, or is invalid while the header is said to be valid.</exception>
    public BlockTreeNode AddTrusted(BlockHeader header, IHeaderRules rules, BlockStatus status)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rules);
        if (_byId.TryGetValue(header.Id, out BlockTreeNode? known))
        {
            return known;
        }

        if (!_byId.TryGetValue(header.Parent, out BlockTreeNode? parent)
            || (status == BlockStatus.Valid && parent.Status != BlockStatus.Valid))
        {
            throw new ArgumentException($"The parent of block #{header.Height} {header.Id} is not there as it must be.", nameof(header));
        }

        BlockTreeNode node = Insert(Weigh(header, UInt256.AddSaturating(parent.Weight, rules.Weight(header))), parent);
        node.Status = status;
        if (status == BlockStatus.Invalid)
        {
            DropTip(node);
        }

        return node;
    }

    /// <summary>Says that a connection is closed: what it sent loses its budget of its own.</summary>
    public void ForgetSource(ConnectionId source)
    {
        if (!_budgets.Remove(source.Value, out HeaderBudget? budget))
        {
            return;
        }

        while (budget.Count > 0)
        {
            BlockTreeNode node = budget.Headers[^1];
            budget.Release(node);
            _gone.Take(node);
        }

        while (_gone.Count > _limits.HeadersOfGoneSources && _gone.LightestTip(null) is BlockTreeNode lightest)
        {
            RemoveSubtree(lightest);
        }
    }

    /// <summary>Says that a block and all its ancestors are valid.</summary>
    /// <exception cref="ArgumentException">The block is not in the tree, or was judged invalid before.</exception>
    public void MarkValid(BlockId id)
    {
        BlockTreeNode node = Require(id);
        if (node.Status == BlockStatus.Invalid)
        {
            throw new ArgumentException($"Block #{node.Height} {id} was judged invalid before.", nameof(id));
        }

        for (BlockTreeNode? step = node; step is not null && step.Status == BlockStatus.HeaderOnly; step = step.Parent)
        {
            step.Status = BlockStatus.Valid;
            step.Budget?.Release(step);
        }
    }

    /// <summary>Says that a block is not valid, nor is any that descends from it.</summary>
    /// <returns>The nodes that became invalid by this, parents before children.</returns>
    /// <exception cref="ArgumentException">The block is not in the tree, or the head builds on it.</exception>
    public IReadOnlyList<BlockTreeNode> MarkInvalid(BlockId id)
    {
        BlockTreeNode node = Require(id);
        if (node.IsOnChainOf(Head))
        {
            throw new ArgumentException($"The head builds on block #{node.Height} {id}.", nameof(id));
        }

        List<BlockTreeNode> spoiled = node.Subtree();
        spoiled.RemoveAll(each => each.Status == BlockStatus.Invalid);
        foreach (BlockTreeNode each in spoiled)
        {
            each.Status = BlockStatus.Invalid;
            _tips.Remove(each);
        }

        RestoreTip(node.Parent);
        return spoiled;
    }

    /// <summary>The blocks to undo and to do on the way between two blocks.</summary>
    /// <exception cref="ArgumentException">The blocks are of different trees.</exception>
    public static ChainPath PathBetween(BlockTreeNode from, BlockTreeNode to)
    {
        ArgumentNullException.ThrowIfNull(to);
        if (ReferenceEquals(to.Parent, from))
        {
            return new ChainPath(from, [], [to]); // as nearly always
        }

        BlockTreeNode fork = BlockTreeNode.CommonAncestor(from, to)
            ?? throw new ArgumentException("The blocks have no ancestor in common.", nameof(to));
        List<BlockTreeNode> unapplied = Above(fork, from);
        List<BlockTreeNode> applied = Above(fork, to);
        applied.Reverse();
        return new ChainPath(fork, unapplied, applied);
    }

    /// <summary>Moves the head to a valid block; the safe mark falls back to where the chains part.</summary>
    /// <returns>What is undone and done by it.</returns>
    /// <exception cref="ArgumentException">The block is not in the tree, not valid, or does not build on the finalized block.</exception>
    public ChainPath SetHead(BlockId id)
    {
        BlockTreeNode node = Require(id);
        bool isOnFinalized = ReferenceEquals(node.Parent, Head) || Finalized.IsOnChainOf(node);
        if (node.Status != BlockStatus.Valid || !isOnFinalized)
        {
            throw new ArgumentException($"Block #{node.Height} {id} cannot be the head.", nameof(id));
        }

        ChainPath path = PathBetween(Head, node);
        _chain.RemoveRange(_chain.Count - path.Unapplied.Count, path.Unapplied.Count);
        _chain.AddRange(path.Applied);
        Head = node;
        Safe = Safe.Height > path.ForkPoint.Height ? path.ForkPoint : Safe;
        ForgetOldHistories(path.Applied.Count);
        return path;
    }

    /// <summary>
    /// Keeps the ranges over the headers of the newest blocks, on which others are built, and of each so many below, from which
    /// any other is found by that many hashes at most; what was found once is kept.
    /// </summary>
    private void ForgetOldHistories(int applied)
    {
        int last = _chain.Count - 1 - HistoriesKept;
        for (int height = int.Max(1, last - applied + 1); height <= last; height++)
        {
            if (height % HistoryInterval != 0)
            {
                _chain[height].ForgetHistory();
            }
        }
    }

    /// <summary>Moves the head back to an ancestor of it, and forgets every block above the finalized one that does not lead there.</summary>
    /// <param name="id">The head or an ancestor of it.</param>
    /// <param name="forgotten">The nodes that were forgotten.</param>
    /// <returns>What is undone by it; nothing is done.</returns>
    /// <exception cref="ArgumentException">The block is not on the head's chain, or below the finalized block.</exception>
    public ChainPath Rewind(BlockId id, out IReadOnlyList<BlockTreeNode> forgotten)
    {
        if (!Require(id).IsOnChainOf(Head))
        {
            throw new ArgumentException($"The head does not build on block {id}.", nameof(id));
        }

        ChainPath path = SetHead(id);
        List<BlockTreeNode> gone = ForgetChildren(Head, null);
        for (BlockTreeNode step = Head; step.Height > Finalized.Height; step = step.Parent!)
        {
            gone.AddRange(ForgetChildren(step.Parent!, step));
        }

        forgotten = gone;
        return path;
    }

    /// <summary>Moves the safe mark along the head's chain, not below the finalized block.</summary>
    /// <exception cref="ArgumentException">The block is not there.</exception>
    public void SetSafe(BlockId id)
    {
        BlockTreeNode node = Require(id);
        if (!ReferenceEquals(OnChain(node.Height), node) || node.Height < Finalized.Height)
        {
            throw new ArgumentException($"Block #{node.Height} {id} is not between the finalized block and the head.", nameof(id));
        }

        Safe = node;
    }

    /// <summary>Makes a block of the head's chain and its ancestors final, and forgets every branch that contradicts it.</summary>
    /// <returns>The nodes that were forgotten.</returns>
    /// <exception cref="ArgumentException">The block is not on the head's chain.</exception>
    public IReadOnlyList<BlockTreeNode> Finalize(BlockId id)
    {
        BlockTreeNode node = Require(id);
        if (!node.IsOnChainOf(Head))
        {
            throw new ArgumentException($"Block #{node.Height} {id} is not on the head's chain.", nameof(id));
        }

        List<BlockTreeNode> forgotten = [];
        for (BlockTreeNode step = node; step.Height > Finalized.Height; step = step.Parent!)
        {
            forgotten.AddRange(ForgetChildren(step.Parent!, step));
        }

        Finalized = node.Height > Finalized.Height ? node : Finalized;
        Safe = Safe.Height < Finalized.Height ? Finalized : Safe;
        return forgotten;
    }

    /// <summary>
    /// Ids that tell another node which chain this is, the newest first: ten blocks one by one, then with doubling
    /// gaps, genesis last. At most <see cref="WireLimits.LocatorIds"/>.
    /// </summary>
    /// <param name="tip">The end of the chain; the head where null.</param>
    public IReadOnlyList<BlockId> Locator(BlockTreeNode? tip = null)
    {
        const int OneByOne = 10;
        BlockTreeNode node = tip ?? Head;
        List<BlockId> ids = [node.Id];
        ulong gap = 1;
        while (node.Height.Value > 0 && ids.Count < WireLimits.LocatorIds - 1)
        {
            gap = ids.Count < OneByOne ? 1 : gap * 2;
            ulong height = node.Height.Value > gap ? node.Height.Value - gap : 0;
            node = node.AncestorAt(new BlockHeight(height))!;
            ids.Add(node.Id);
        }

        return ids;
    }

    /// <summary>The headers of the head's chain after the first block of a locator that is on it; after genesis where none is.</summary>
    /// <param name="locator">The other node's locator, the newest first.</param>
    /// <param name="max">How many headers at most.</param>
    public IReadOnlyList<BlockHeader> HeadersAfter(IReadOnlyList<BlockId> locator, int max)
    {
        ArgumentNullException.ThrowIfNull(locator);
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        int from = 1;
        foreach (BlockId id in locator)
        {
            if (_byId.TryGetValue(id, out BlockTreeNode? node) && ReferenceEquals(OnChain(node.Height), node))
            {
                from = checked((int)node.Height.Value + 1);
                break;
            }
        }

        int count = int.Min(max, _chain.Count - from);
        var headers = new BlockHeader[count];
        for (int i = 0; i < count; i++)
        {
            headers[i] = _chain[from + i].Header;
        }

        return headers;
    }

    private static HeaderVerdict CheckPlace(BlockHeader header, BlockTreeNode parent)
    {
        if (header.Fields.Version != BlockHeader.CurrentVersion)
        {
            return HeaderVerdict.WrongVersion;
        }

        if (parent.Height.Value == ulong.MaxValue || header.Height != parent.Height.Next())
        {
            return HeaderVerdict.WrongHeight;
        }

        if (parent.Status == BlockStatus.Invalid)
        {
            return HeaderVerdict.InvalidAncestor;
        }

        return header.Fields.HistoryRoot == parent.HistoryRootForChild ? HeaderVerdict.Valid : HeaderVerdict.WrongHistory;
    }

    private static List<BlockTreeNode> Above(BlockTreeNode fork, BlockTreeNode tip)
    {
        List<BlockTreeNode> nodes = [];
        for (BlockTreeNode node = tip; !ReferenceEquals(node, fork); node = node.Parent!)
        {
            nodes.Add(node);
        }

        return nodes;
    }

    private bool AgreesWithCheckpoints(BlockHeader header)
    {
        foreach (Checkpoint checkpoint in _limits.Checkpoints)
        {
            if (checkpoint.Height == header.Height && checkpoint.Block != header.Id)
            {
                return false;
            }
        }

        return true;
    }

    private AddHeaderResult Admit(WeighedHeader header, BlockTreeNode parent, in UInt256 own, ConnectionId? source, HeaderHistory? history = null)
    {
        HeaderBudget? budget = source is ConnectionId connection && !CostsLikeTheHead(in own) ? BudgetOf(connection) : null;
        if (budget is not null && budget.Count >= _limits.HeadersPerSource)
        {
            if (budget.LightestTip(parent) is not BlockTreeNode lightest || lightest.Weight >= header.Weight)
            {
                return AddHeaderResult.Refused(AddHeaderStatus.OverBudget);
            }

            RemoveSubtree(lightest);
        }

        BlockTreeNode node = Insert(header, parent, history);
        budget?.Take(node);
        return new AddHeaderResult(AddHeaderStatus.Added, HeaderVerdict.Valid, node);
    }

    /// <summary>
    /// Whether a header cost its maker at least half of what a recent block of the head's chain did. Whoever pays that
    /// cannot fill the memory faster than the chain itself grows, and a long honest branch is never turned away.
    /// </summary>
    private bool CostsLikeTheHead(in UInt256 own)
    {
        var window = (ulong)_limits.AverageBlocks;
        if (Head.Height.Value < window)
        {
            return false;
        }

        UInt256 recent = Head.Weight - OnChain(new BlockHeight(Head.Height.Value - window))!.Weight;
        return own >= recent / (2 * window);
    }

    private HeaderBudget BudgetOf(ConnectionId source)
    {
        if (!_budgets.TryGetValue(source.Value, out HeaderBudget? budget))
        {
            budget = new HeaderBudget();
            _budgets.Add(source.Value, budget);
        }

        return budget;
    }

    /// <summary>What the tree keeps of a header.</summary>
    private WeighedHeader Weigh(BlockHeader header, in UInt256 weight) =>
        new(_limits.PinsMessages ? header : header.Detach(), in weight); // one that came in a message of five hundred must not keep the others' bytes alive

    private BlockTreeNode Insert(WeighedHeader header, BlockTreeNode? parent, HeaderHistory? history = null)
    {
        var node = new BlockTreeNode(header, parent, _sequence++, history);
        _nodes.Add(node);
        parent?.AddChild(node);
        if (parent is not null)
        {
            _tips.Remove(parent);
        }

        _tips.Add(node);
        return node;
    }

    private void DropTip(BlockTreeNode node)
    {
        _tips.Remove(node);
        RestoreTip(node.Parent);
    }

    private void RestoreTip(BlockTreeNode? node)
    {
        if (node is not null && node.Status != BlockStatus.Invalid && !node.HasLiveChild)
        {
            _tips.Add(node);
        }
    }

    private List<BlockTreeNode> ForgetChildren(BlockTreeNode parent, BlockTreeNode? except)
    {
        List<BlockTreeNode> forgotten = [];
        for (BlockTreeNode? child = parent.FirstChild, next; child is not null; child = next)
        {
            next = child.NextSibling;
            if (!ReferenceEquals(child, except))
            {
                forgotten.AddRange(RemoveSubtree(child));
            }
        }

        return forgotten;
    }

    private List<BlockTreeNode> RemoveSubtree(BlockTreeNode top)
    {
        List<BlockTreeNode> removed = top.Subtree();
        foreach (BlockTreeNode node in removed)
        {
            _nodes.Remove(node);
            _tips.Remove(node);
            node.Budget?.Release(node);
        }

        top.Parent?.RemoveChild(top);
        RestoreTip(top.Parent);
        return removed;
    }

    private BlockTreeNode Require(BlockId id) => _byId.TryGetValue(id, out BlockTreeNode? node)
        ? node
        : throw new ArgumentException($"Block {id} is not in the tree.", nameof(id));
}
