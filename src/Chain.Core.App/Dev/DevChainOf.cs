using Chain.Core.App.Genesis;
using Chain.Core.Consensus;
using Chain.Core.Protocol;

namespace Chain.Core.App.Dev;

/// <summary>The chain that <c>dev</c> runs: the program's own modules and genesis, or a token, with the Dev engine.</summary>
internal static class DevChainOf
{
    private const uint Network = 1337;

    public static ChainDefinition Create(ChainApp app) => app.Define is { } define
        ? define().WithConsensus(new DevConsensus())
        : GenesisChain.Build(Describe(app.Name, new GenesisConsensus { Engine = "dev" }), app.Modules());

    /// <summary>A genesis in which the development keys have coins.</summary>
    public static GenesisFile Describe(string name, GenesisConsensus consensus) => new()
    {
        Chain = name,
        Network = Network,
        Time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Consensus = consensus,
        Accounts = [.. DevKey.All.Select(static key => new GenesisAccount(key.Address.Value.ToString(), 1_000_000))],
    };
}
