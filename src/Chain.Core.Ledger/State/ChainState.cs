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
    internal const int MaxDeltas = 64;

    /// <summary>Most keys of these differences, so that opening any state stays quick.</summary>
    internal const int MaxDeltaKeys = 1 << 16;

    private readonly IKeyValueReader _reader;
    private readonly ModuleTree[] _modules;

    // The record that this state was opened from or written to; without one, what it was made from.
    private readonly Origin _origin;

    private ChainState(IKeyValueReader reader, ModuleTree[] modules, in Origin origin)
        : this(reader, modules, in origin, default) => Root = MerkleTree.Root(Leaves());

    private ChainState(IKeyValueReader reader, ModuleTree[] modules, in Origin origin, in Hash256 root)
    {
        _reader = reader;
        _modules = modules;
        _origin = origin;
        Root = root;
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
        return new ChainState(reader, empty, default);
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
            var origin = new Origin(true, resident.Base, resident.Deltas, resident.DeltaKeys, resident.Nodes, null);
            return new ChainState(reader, resident.ModulesOver(reader), in origin, in root); // of these very trees
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

        var origin = new Origin(true, record.IsWhole ? root : record.Base, record.Deltas, record.DeltaKeys, 0, null);
        var steps = new Stack<KeyedModuleChanges[]>();
        Hash256 at = root;
        while (!record.IsWhole)
        {
            steps.Push(StateRecord.ChangesOf(reader, in at));
            at = record.Parent;
            record = steps.Count <= MaxDeltas && StateRecord.Find(reader, in at) is { } before
                ? before
                : throw new StateUnavailableException($"The store lacks what the state {root} was made from.");
        }

        ModuleTree[] modules = Array.ConvertAll(
            record.Modules, module => new ModuleTree(module.Name, StateTree.Open(reader, module.Tree)));
        while (steps.TryPop(out KeyedModuleChanges[]? changes))
        {
            modules = Array.TrueForAll(changes, change => change.Module < modules.Length)
                ? Changed(modules, changes)
                : throw new StateUnavailableException($"The record of the state {root} is damaged.");
        }

        state = new ChainState(reader, modules, in origin);
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

    /// <summary>The value of a key whose hash is known.</summary>
    internal bool TryGet(string module, in Hash256 keyHash, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        value = default;
        int index = IndexOf(module);
        return index >= 0 && _modules[index].Tree.TryGet(in keyHash, key, out value);
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
        StateDelta? delta = _origin.IsStored ? new StateDelta(Root, changes) : null;
        return new ChainState(_reader, Changed(_modules, changes), _origin with { IsStored = false, Delta = delta });
    }

    /// <summary>Appends to <paramref name="batch"/> every record of this state that its store lacks, and stores it whole.</summary>
    /// <returns>The same state, as it stands in the store once the batch is applied.</returns>
    /// <remarks>The batch must be applied before anything that is made from this state is opened from the store.</remarks>
    public ChainState WriteNew(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var replaced = new List<StateStub>();
        Hash256 root = Root;
        Hash256 baseRoot = _origin.Base;
        ModuleTree[] stored = Array.ConvertAll(
            _modules, module => module with { Tree = module.Tree.WriteNew(batch, module.Name, root, replaced) });
        StateRecord.WriteWhole(batch, in root, in baseRoot, stored, _modules, replaced);
        return new ChainState(_reader, stored, new Origin(true, root, 0, 0, Nodes, null), in root);
    }

    /// <summary>Appends to <paramref name="batch"/> what it takes to open this state: mostly no more than what changed in it.</summary>
    /// <returns>The same state, as it stands in the store once the batch is applied.</returns>
    /// <remarks>
    /// Pages are written every <see cref="MaxDeltas"/> states, or after <see cref="MaxDeltaKeys"/> keys: what changes in
    /// each of them is then written once. Whether a state is written whole depends on the states before it alone.
    /// </remarks>
    public ChainState Commit(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Hash256 root = Root;
        if (_origin.IsStored || _origin.Delta?.Parent == root)
        {
            return new ChainState(_reader, _modules, _origin with { IsStored = true, Delta = null }, in root);
        }

        if (StateRecord.Exists(_reader, in root))
        {
            return this; // by another way: what follows goes on from the record that is there
        }

        int deltas = _origin.Deltas + 1;
        int deltaKeys = _origin.DeltaKeys + (_origin.Delta?.Keys ?? 0);
        if (_origin.Delta is null || deltas >= MaxDeltas || deltaKeys > MaxDeltaKeys)
        {
            return WriteNew(batch);
        }

        Hash256 baseRoot = _origin.Base;
        StateRecord.WriteDelta(batch, in root, in baseRoot, _origin.Delta, deltas, deltaKeys);
        return new ChainState(_reader, _modules, new Origin(true, baseRoot, deltas, deltaKeys, Nodes, null), in root);
    }

    /// <summary>What is in memory of this state, for the jobs that open it next; null where it is not stored.</summary>
    /// <param name="maxNodes">How many nodes may stay in memory beside those that are in no page yet; the deepest are dropped first.</param>
    public ResidentState? ToResident(long maxNodes)
    {
        if (!_origin.IsStored)
        {
            return null;
        }

        long nodes = Nodes;
        ModuleTree[] modules = Array.ConvertAll(_modules, static module => module with { Tree = module.Tree.Over(EmptyReader.Instance) });
        if (nodes > maxNodes)
        {
            nodes = ResidentNodes.Trim(modules, maxNodes);
        }

        Hash256 baseRoot = _origin.Base;
        return new ResidentState(Root, in baseRoot, modules, _origin.Deltas, _origin.DeltaKeys, nodes);
    }

    /// <summary>At most so many nodes are in memory.</summary>
    private long Nodes => _origin.Nodes + _modules.Sum(static module => (long)module.Tree.NodesAdded);

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

    private int IndexOf(string module)
    {
        for (int i = 0; i < _modules.Length; i++)
        {
            if (_modules[i].Name == module)
            {
                return i;
            }
        }

        return -1;
    }

    private int RequireIndexOf(string module)
    {
        int index = IndexOf(module);
        return index >= 0 ? index : throw new ArgumentException($"The chain has no module {module}.", nameof(module));
    }

    /// <param name="IsStored">Whether the state itself has a record.</param>
    /// <param name="Base">The root of the state stored whole that its pages belong to.</param>
    /// <param name="Deltas">How many differences lead from there to the record.</param>
    /// <param name="DeltaKeys">How many keys they hold.</param>
    /// <param name="Nodes">How many nodes were in memory before.</param>
    /// <param name="Delta">How it differs from the record, where one step led here.</param>
    private readonly record struct Origin(bool IsStored, Hash256 Base, int Deltas, int DeltaKeys, long Nodes, StateDelta? Delta);
}
