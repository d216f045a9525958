using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// A block whose header has another state root than came out here, with all that its execution changed: one node's half of
/// a divergence. Canonical form: <c>[block, state root, changes]</c>, the changes as in the record of a state.
/// </summary>
public sealed class StateMismatch : IWireValue<StateMismatch>
{
    private const int Elements = 3;

    private readonly KeyedModuleChanges[] _changes;

    private StateMismatch(Block block, in Hash256 stateRoot, KeyedModuleChanges[] changes, ReadOnlyMemory<byte> encoded)
    {
        Block = block;
        StateRoot = stateRoot;
        _changes = changes;
        Encoded = encoded;
    }

    /// <summary>The block that was refused.</summary>
    public Block Block { get; }

    /// <summary>The root that came out here.</summary>
    public Hash256 StateRoot { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <inheritdoc/>
    public static bool TryRead(ref WireReader reader, [NotNullWhen(true)] out StateMismatch? value)
    {
        value = null;
        int start = reader.Position;
        if (!reader.TryReadArrayHeader(Elements)
            || !Block.TryRead(ref reader, out Block? block)
            || !reader.TryReadHash(out Hash256 stateRoot)
            || StateDelta.TryReadChanges(ref reader) is not { } changes)
        {
            return false;
        }

        value = new StateMismatch(block, in stateRoot, changes, reader.Since(start));
        return true;
    }

    /// <summary>The state that came out here.</summary>
    /// <param name="parent">The state of the block's parent.</param>
    /// <returns>The state; null where the changes do not make it of this one: it is not the state that the block was executed on.</returns>
    public ChainState? StateOver(ChainState parent)
    {
        ArgumentNullException.ThrowIfNull(parent);
        int modules = parent.Modules.Count();
        if (!Array.TrueForAll(_changes, change => change.Module < modules))
        {
            return null;
        }

        ChainState state = parent.Apply(_changes);
        return state.Root == StateRoot ? state : null;
    }

    internal static StateMismatch Create(Block block, in Hash256 stateRoot, in Hash256 parentRoot, KeyedModuleChanges[] changes)
    {
        var writer = new WireWriter(block.Encoded.Length + 1024);
        new StateDelta(parentRoot, changes).AppendChanges(writer.ArrayHeader(Elements).Raw(block.Encoded.Span).Hash(in stateRoot));
        return new StateMismatch(block, in stateRoot, changes, writer.ToArray());
    }
}
