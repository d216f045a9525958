using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Node;

/// <summary>The chain of <see cref="ChainNode.CreateDevAsync"/>.</summary>
internal static class DevChain
{
    private const uint Network = 1337;
    private const ulong Funds = 1_000_000_000;

    private static readonly UnixTime Start = new(1_767_225_600_000);

    public static ChainDefinition Create()
    {
        var token = new TokenModule();
        (AccountAddress, ulong)[] funded = [.. DevKey.All.Select(static key => (key.Address, Funds))];
        var genesis = new GenesisSpec(Network, "dev", Start, [new ModuleGenesis(token.Name, TokenModule.GenesisData(funded))]);
        return new ChainDefinition(new DevConsensus(), new LedgerDefinition([token]), genesis);
    }

    public static IReadOnlyList<DevAccount> Accounts(ChainNode node) =>
        [.. DevKey.All.Select(key => new DevAccount(node, key.Name, key.Key))];
}
