using Chain.Core.App.Home;
using Chain.Core.Protocol;

namespace Chain.Core.App.Genesis;

/// <summary>The chain that a node follows: the program's own, or that of the genesis file in the node's folder.</summary>
internal static class HomeChain
{
    /// <exception cref="Errors.UsageException">There is no genesis file, or it describes no chain.</exception>
    public static ChainDefinition Open(ChainApp app, NodeHome home) =>
        app.Define is { } define ? define() : GenesisChain.Build(GenesisFile.Read(home.GenesisFile), app.Modules());
}
