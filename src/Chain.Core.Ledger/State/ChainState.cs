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
    private readonly Module[] _modules;

    private ChainState(Module[] modules)
    {
        _modules = modules;
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
        return new ChainState(ModuleNames.Sort(modules).Select(name => new Module(name, StateTree.Open(reader, default))).ToArray());
    }

    /// <summary>Opens the state with this root.</summary>
    /// <exception cref="StateUnavailableException">The store does not have this state.</exception>
    public static ChainState Open(IKeyValueReader reader, in Hash256 root)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (!TryOpen(reader, in root, out ChainState? state))
        {
            throw new StateUnavailableException($"The store has no state with the root {root}.");
        }

        return state;
    }

    /// <summary>Opens the state with this root where the store has it.</summary>
    /// <exception cref="StateUnavailableException">The record of the state is damaged.</exception>
    public static bool TryOpen(IKeyValueReader reader, in Hash256 root, [NotNullWhen(true)] out ChainState? state)
    {
        ArgumentNullException.ThrowIfNull(reader);
        state = null;
        if (!reader.TryGet(LedgerKeys.StateRoot(in root), out byte[]? record))
        {
            return false;
        }

        var source = new WireReader(record);
        if (!TryReadModules(ref source, reader, out Module[]? modules) || !source.TryEnd())
        {
            throw new StateUnavailableException($"The record of the state {root} is damaged.");
        }

        state = new ChainState(modules);
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
    /// <exception cref="ArgumentException">There is no such module, or its changes are wrong: see <see cref="StateTree.Apply"/>.</exception>
    public ChainState Apply(IReadOnlyList<ModuleChanges> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var modules = (Module[])_modules.Clone();
        foreach (ModuleChanges change in changes)
        {
            int index = RequireIndexOf(change.Module);
            modules[index] = modules[index] with { Tree = modules[index].Tree.Apply(change.Changes) };
        }

        return new ChainState(modules);
    }

    /// <summary>Appends to <paramref name="batch"/> every record of this state that its store lacks.</summary>
    /// <remarks>The batch must be applied before anything that is made from this state is opened from the store.</remarks>
    public void WriteNew(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var writer = new WireWriter().ArrayHeader(_modules.Length);
        foreach (Module module in _modules)
        {
            module.Tree.WriteNew(batch);
            writer.ArrayHeader(2).String(module.Name).Hash(module.Tree.Root);
        }

        Hash256 root = Root;
        batch.Put(LedgerKeys.StateRoot(in root), writer.ToArray());
    }

    internal static Hash256 LeafOf(string module, in Hash256 root) =>
        MerkleTree.LeafHash(new WireWriter(80).ArrayHeader(2).String(module).Hash(in root).Written.Span);

    private static bool TryReadModules(ref WireReader source, IKeyValueReader reader, [NotNullWhen(true)] out Module[]? modules)
    {
        modules = null;
        if (!source.TryReadArrayHeader(StateLimits.Modules, out int count))
        {
            return false;
        }

        var read = new Module[count];
        for (int i = 0; i < count; i++)
        {
            if (!source.TryReadArrayHeader(2)
                || !source.TryReadString(WireLimits.NameBytes, out string? name)
                || !source.TryReadHash(out Hash256 root))
            {
                return false;
            }

            read[i] = new Module(name, StateTree.Open(reader, in root));
        }

        modules = read;
        return true;
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

    private readonly record struct Module(string Name, StateTree Tree);
}
