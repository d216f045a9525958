using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// One version of the state of a chain: a <see cref="StateTree"/> for each module. Its root is the RFC 6962 root
/// over <c>[module name, root of its tree]</c>, sorted by name as UTF-8 bytes.
/// </summary>
/// <remarks>Immutable to its user; serves one thread. Any version that was written can be opened by its root.</remarks>
public sealed class ChainState : IStateReader
{
    /// <summary>Most differences between a state and the last one that was stored whole.</summary>
    internal const int MaxDeltas = 16;

    /// <summary>Most keys of these differences, so that opening any state stays quick.</summary>
    internal const int MaxDeltaKeys = 1 << 16;

    private readonly IKeyValueReader _reader;
    private readonly ModuleTree[] _modules;

    // How this state differs from one that is stored; null where it is stored itself.
    private readonly StateDelta? _delta;
    private readonly bool _isStored;
    private readonly int _deltas;
    private readonly int _deltaKeys;
    private readonly long _nodesBefore;

    private ChainState(IKeyValueReader reader, ModuleTree[] modules, StateDelta? delta, bool isStored, int deltas, int deltaKeys, long nodes)
    {
        _reader = reader;
        _modules = modules;
        _delta = delta;
        _isStored = isStored;
        _deltas = deltas;
        _deltaKeys = deltaKeys;
        _nodesBefore = nodes;
        Root = MerkleTree.Root(Leaves());
    }

    /// <summary>The root, as headers carry it.</summary>
    public Hash256 Root { get; }

    /// <summary>The names of the modules, in the order of the root.</summary>
    public IEnumerable<string> Modules => _modules.Select(static module => module.Name);

    /// <summary>Whether a read of the store failed; what was thrown then is the store's fault.</summary>
    internal bool HasFailed => Array.Exists(_modules, static module => module.Tree.HasFailed);

    /// <summary>The state in which every one of these modules is empty.</summary>
    /// <exception cref="ArgumentException">A name stands twice, is empty or too long, or there are too many.</exception>
    public static ChainState CreateEmpty(IKeyValueReader reader, IEnumerable<string> modules)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(modules);
        ModuleTree[] empty = Array.ConvertAll(ModuleNames.Sort(modules), name => new ModuleTree(name, StateTree.Open(reader, default)));
        return new ChainState(reader, empty, null, false, 0, 0, 0);
    }

    /// <summary>Opens the state with this root.</summary>
    /// <param name="reader">The store.</param>
    /// <param name="root">The root, from a header.</param>
    /// <param name="resident">What is in memory of this state, if anything; of another state it is passed over.</param>
    /// <exception cref="StateUnavailableException">The store does not have this state.</exception>
    public static ChainState Open(IKeyValueReader reader, in Hash256 root, ResidentState? resident = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (resident is not null && resident.Root == root)
        {
            return new ChainState(
                reader, resident.ModulesOver(reader), null, true, resident.Deltas, resident.DeltaKeys, resident.Nodes);
        }

        return TryOpen(reader, in root, out ChainState? state)
            ? state
            : throw new StateUnavailableException($"The store has no state with the root {root}.");
    }

    /// <summary>Opens the state with this root where the store has it.</summary>
    /// <exception cref="StateUnavailableException">The record of the state is damaged.</exception>
    public static bool TryOpen(IKeyValueReader reader, in Hash256 root, [NotNullWhen(true)] out ChainState? state)
    {
        ArgumentNullException.ThrowIfNull(reader);
        state = null;
        if (StateRecord.Find(reader, in root) is not { } record)
        {
            return false;
        }

        int deltas = record.Deltas;
        int deltaKeys = record.DeltaKeys;
        var steps = new Stack<StateDelta>();
        while (record.Delta is { } delta)
        {
            steps.Push(delta);
            Hash256 parent = delta.Parent;
            record = steps.Count <= MaxDeltas && StateRecord.Find(reader, in parent) is { } before
                ? before
                : throw new StateUnavailableException($"The store lacks what the state {root} was made from.");
        }

        ModuleTree[] modules = Array.ConvertAll(record.Trees!, tree => new ModuleTree(tree.Name, StateTree.Open(reader, tree.Tree)));
        while (steps.TryPop(out StateDelta? step))
        {
            modules = Array.TrueForAll(step.Changes, change => change.Module < modules.Length)
                ? Changed(modules, step.Changes)
                : throw new StateUnavailableException($"The record of the state {root} is damaged.");
        }

        state = new ChainState(reader, modules, null, true, deltas, deltaKeys, 0);
        return state.Root == root
            ? true
            : throw new StateUnavailableException($"The record of the state {root} belongs to {state.Root}.");
    }

    /// <inheritdoc/>
    public bool TryGet(string module, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        value = default;
        int index = IndexOf(module);
        return index >= 0 && _modules[index].Tree.TryGet(key, out value);
    }

    /// <summary>The tree of a module, or null where the chain has no such module.</summary>
    public StateTree? TreeOf(string module)
    {
        int index = IndexOf(module);
        return index < 0 ? null : _modules[index].Tree;
    }

    /// <summary>The proof of a key's value, or of its absence.</summary>
    /// <exception cref="ArgumentException">The chain has no such module.</exception>
    public StateProof Prove(string module, ReadOnlySpan<byte> key)
    {
        int index = RequireIndexOf(module);
        return StateProof.Create(_modules.Length, index, MerkleTree.InclusionProof(Leaves(), index), _modules[index].Tree.PathTo(key));
    }

    /// <summary>The state with these changes, each module once. Nothing is written.</summary>
    /// <exception cref="ArgumentException">There is no such module, or its changes are wrong: see <see cref="StateTree.Apply(IReadOnlyList{StateChange})"/>.</exception>
    public ChainState Apply(IReadOnlyList<ModuleChanges> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return Apply(changes.Select(change => new KeyedModuleChanges(RequireIndexOf(change.Module), KeyedChange.Hash(change.Changes))).ToArray());
    }

    internal ChainState Apply(KeyedModuleChanges[] changes)
    {
        // A difference leads back to a stored state only, so it is kept for the first step alone.
        StateDelta? delta = _isStored ? new StateDelta(Root, changes) : null;
        return new ChainState(_reader, Changed(_modules, changes), delta, false, _deltas, _deltaKeys, _nodesBefore);
    }

    /// <summary>Appends to <paramref name="batch"/> every record of this state that its store lacks, and stores it whole.</summary>
    /// <returns>The same state, as it stands in the store once the batch is applied.</returns>
    /// <remarks>The batch must be applied before anything that is made from this state is opened from the store.</remarks>
    public ChainState WriteNew(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var replaced = new List<(UInt128, Hash256)>();
        ModuleTree[] stored = Array.ConvertAll(
            _modules, module => module with { Tree = module.Tree.WriteNew(batch, module.Name, replaced) });
        Hash256 root = Root;
        StateRecord.WriteFull(batch, in root, stored, replaced);
        return new ChainState(_reader, stored, null, true, 0, 0, Nodes);
    }

    /// <summary>Appends to <paramref name="batch"/> what it takes to open this state: mostly no more than what changed in it.</summary>
    /// <returns>The same state, as it stands in the store once the batch is applied.</returns>
    /// <remarks>
    /// Pages are written every <see cref="MaxDeltas"/> states, or after <see cref="MaxDeltaKeys"/> keys: what changes in
    /// each of them is then written once. Whether a state is written whole depends on the states before it alone.
    /// </remarks>
    internal ChainState Commit(WriteBatch batch)
    {
        Hash256 root = Root;
        if (_isStored || (_delta is not null && _delta.Parent == root))
        {
            return this;
        }

        int deltaKeys = _deltaKeys + (_delta?.Keys ?? 0);
        bool isWhole = _delta is null
            || _deltas + 1 >= MaxDeltas
            || deltaKeys > MaxDeltaKeys
            || StateRecord.Find(_reader, in root) is not null; // a state that comes back must not lead to itself
        if (isWhole)
        {
            return WriteNew(batch);
        }

        StateRecord.WriteDelta(batch, in root, _delta!, _deltas + 1, deltaKeys);
        return new ChainState(_reader, _modules, null, true, _deltas + 1, deltaKeys, Nodes);
    }

    /// <summary>What is in memory of this state, for the jobs that open it next. It must be stored by then.</summary>
    /// <param name="maxNodes">How many nodes may stay in memory beside those that are in no page yet; the deepest are dropped first.</param>
    public ResidentState ToResident(long maxNodes)
    {
        long nodes = Nodes;
        ModuleTree[] modules = Array.ConvertAll(_modules, static module => module with { Tree = module.Tree.Over(EmptyReader.Instance) });
        if (nodes > maxNodes)
        {
            nodes = ResidentNodes.Trim(modules, maxNodes);
        }

        return new ResidentState(Root, modules, _deltas, _deltaKeys, nodes);
    }

    /// <summary>At most so many nodes are in memory.</summary>
    private long Nodes => _nodesBefore + _modules.Sum(static module => (long)module.Tree.NodesAdded);

    internal static Hash256 LeafOf(string module, in Hash256 root) =>
        MerkleTree.LeafHash(new WireWriter(80).ArrayHeader(2).String(module).Hash(in root).Written.Span);

    private static ModuleTree[] Changed(ModuleTree[] modules, KeyedModuleChanges[] changes)
    {
        var changed = (ModuleTree[])modules.Clone();
        foreach (KeyedModuleChanges change in changes)
        {
            ModuleTree module = changed[change.Module];
            changed[change.Module] = module with { Tree = module.Tree.Apply(change.Changes) };
        }

        return changed;
    }

    private Hash256[] Leaves()
    {
        var leaves = new Hash256[_modules.Length];
        for (int i = 0; i < leaves.Length; i++)
        {
            leaves[i] = LeafOf(_modules[i].Name, _modules[i].Tree.Root);
        }

        return leaves;
    }

    private int IndexOf(string module) => Array.FindIndex(_modules, entry => entry.Name == module);

    private int RequireIndexOf(string module)
    {
        int index = IndexOf(module);
        return index >= 0 ? index : throw new ArgumentException($"The chain has no module {module}.", nameof(module));
    }
}
