using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// What a block changes in the state of its parent, as one node tells another. Canonical form:
/// <c>[[module, [key, value or false, …]], …]</c>. Modules go by their place in the state root; they ascend and none is empty. Keys
/// ascend byte by byte; false stands for a key that is removed.
/// </summary>
internal sealed class BlockChanges : IWireValue<BlockChanges>
{
    private readonly KeyedModuleChanges[] _modules;

    private BlockChanges(KeyedModuleChanges[] modules, ReadOnlyMemory<byte> encoded)
    {
        _modules = modules;
        Encoded = encoded;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Puts changes in their order; modules ascend already, and no key stands twice.</summary>
    public static BlockChanges Create(KeyedModuleChanges[] modules)
    {
        KeyedModuleChanges[] sorted = Array.ConvertAll(modules, static module => module with { Changes = [.. module.Changes] });
        foreach (KeyedModuleChanges module in sorted)
        {
            Array.Sort(module.Changes, Compare);
        }

        var delta = new StateDelta(default, sorted);
        var writer = new WireWriter(delta.MaxBytes);
        delta.AppendChanges(writer);
        return new BlockChanges(sorted, writer.ToArray());
    }

    /// <inheritdoc/>
    public static bool TryRead(ref WireReader reader, [NotNullWhen(true)] out BlockChanges? value)
    {
        value = null;
        int start = reader.Position;
        if (StateDelta.TryReadChanges(ref reader) is not { } modules)
        {
            return false;
        }

        for (int i = 0; i < modules.Length; i++)
        {
            if ((i > 0 && modules[i].Module <= modules[i - 1].Module) || modules[i].Changes.Length == 0 || !Ascend(modules[i].Changes))
            {
                return reader.Fail(WireError.NotCanonical);
            }
        }

        value = new BlockChanges(modules, reader.Since(start));
        return true;
    }

    /// <summary>The state after the block.</summary>
    /// <param name="parent">The state of its parent.</param>
    /// <param name="root">Of the state after the block.</param>
    /// <returns>The state; null where these changes do not lead from that state to this root.</returns>
    public ChainState? StateOver(ChainState parent, in Hash256 root)
    {
        int modules = parent.Modules.Count();
        if (!Array.TrueForAll(_modules, change => change.Module < modules))
        {
            return null;
        }

        ChainState state = parent.Apply(_modules);
        return state.Root == root ? state : null;
    }

    private static bool Ascend(KeyedChange[] changes)
    {
        for (int i = 1; i < changes.Length; i++)
        {
            if (Compare(changes[i - 1], changes[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int Compare(KeyedChange one, KeyedChange other) => one.Key.Span.SequenceCompareTo(other.Key.Span);
}
