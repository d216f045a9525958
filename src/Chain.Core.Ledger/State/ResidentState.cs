using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Ledger;

/// <summary>
/// The part of a state that is in memory, handed from the job that made it to those that read the same state. It
/// saves reads and changes no result. Immutable in its content; safe for any thread.
/// </summary>
public sealed class ResidentState
{
    /// <summary>About as much memory takes a node.</summary>
    internal const int NodeBytes = 150;

    private readonly ModuleTree[] _modules;

    internal ResidentState(in Hash256 root, in Hash256 baseRoot, ModuleTree[] modules, int deltas, int deltaKeys, long nodes)
    {
        Root = root;
        Base = baseRoot;
        _modules = modules;
        Deltas = deltas;
        DeltaKeys = deltaKeys;
        Nodes = nodes;
    }

    /// <summary>The root of the state.</summary>
    public Hash256 Root { get; }

    /// <summary>At most so many nodes are in memory; one takes about 150 bytes.</summary>
    public long Nodes { get; }

    /// <summary>The root of the state stored whole that the pages belong to.</summary>
    internal Hash256 Base { get; }

    internal int Deltas { get; }

    internal int DeltaKeys { get; }

    internal ModuleTree[] ModulesOver(IKeyValueReader reader) =>
        Array.ConvertAll(_modules, module => module with { Tree = module.Tree.Over(reader) });
}
