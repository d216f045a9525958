using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>The first block of a chain, which holds no transactions, and the state that it stands for.</summary>
public sealed class Genesis
{
    private Genesis(Block block, ChainState state, WriteBatch writes)
    {
        Block = block;
        State = state;
        Writes = writes;
    }

    /// <summary>The block. Its id names the chain: every signature commits to it.</summary>
    public Block Block { get; }

    /// <summary>The state that the chain begins with.</summary>
    public ChainState State { get; }

    /// <summary>The state's records, for the store.</summary>
    public WriteBatch Writes { get; }

    /// <summary>Makes the genesis of a chain. The state commits to the network, the name and the rules.</summary>
    /// <param name="definition">What the chain executes.</param>
    /// <param name="spec">What it begins with.</param>
    /// <param name="seal">The seal that the consensus engine gives a genesis header.</param>
    /// <exception cref="ArgumentException">A module stands twice, is not there, or refuses its data.</exception>
    public static Genesis Create(LedgerDefinition definition, GenesisSpec spec, ReadOnlySpan<byte> seal)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(spec);
        Dictionary<string, ReadOnlyMemory<byte>> data = DataOf(definition, spec);
        var overlay = new StateOverlay(ChainState.CreateEmpty(EmptyReader.Instance, definition.Modules.Select(static module => module.Name)));
        var context = new CallContext(
            definition, overlay, new CostMeter(ulong.MaxValue), default, new BlockFrame(BlockId.None, BlockHeight.Genesis, spec.Time));
        definition.Chain.Begin(context, spec.Network, spec.ChainName, definition.RulesHash);
        foreach (Module module in InOrder(definition, spec))
        {
            CallResult result = module.Initialize(context, data.GetValueOrDefault(module.Name));
            if (result.IsFailure)
            {
                throw new ArgumentException($"The genesis of the module {module.Name} is wrong: {result.Reason}.", nameof(spec));
            }
        }

        return Seal(overlay.ToState(), spec.Time, seal);
    }

    /// <summary>The modules that the spec names, in its order, then the others: one may build on what another began with.</summary>
    private static IEnumerable<Module> InOrder(LedgerDefinition definition, GenesisSpec spec)
    {
        Module[] named = [.. spec.Modules.Select(each => definition.Find(each.Module)!)];
        return [.. named, .. definition.Modules.Except(named)];
    }

    private static Genesis Seal(ChainState state, UnixTime time, ReadOnlySpan<byte> seal)
    {
        var writes = new WriteBatch();
        state.WriteNew(writes);
        var fields = new HeaderFields(
            BlockHeader.CurrentVersion,
            BlockHeight.Genesis,
            BlockId.None,
            time,
            Block.RootOf([]),
            state.Root,
            MmrPeaks.Empty.Root);
        return new Genesis(Block.Create(BlockHeader.Create(in fields, seal), []), state, writes);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> DataOf(LedgerDefinition definition, GenesisSpec spec)
    {
        var data = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (ModuleGenesis module in spec.Modules)
        {
            if (definition.Find(module.Module) is null || !data.TryAdd(module.Module, module.Data))
            {
                throw new ArgumentException($"The genesis names the module {module.Module}, which is not there or stands twice.", nameof(spec));
            }
        }

        return data;
    }
}
