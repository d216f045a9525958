using System.Text;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
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
    private static readonly string[] Names = ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy"];

    public static ChainDefinition Create()
    {
        var token = new TokenModule();
        (AccountAddress, ulong)[] funded = [.. Names.Select(name => (AddressOf(name), Funds))];
        var genesis = new GenesisSpec(Network, "dev", Start, [new ModuleGenesis(token.Name, TokenModule.GenesisData(funded))]);
        return new ChainDefinition(new DevConsensus(), new LedgerDefinition([token]), genesis);
    }

    public static IReadOnlyList<DevAccount> Accounts(ChainNode node) =>
        [.. Names.Select(name => new DevAccount(node, name, KeyOf(name)))];

    private static AccountAddress AddressOf(string name)
    {
        using Ed25519PrivateKey key = KeyOf(name);
        return AccountAddress.FromKey(key.Scheme, key.PublicKey.Span);
    }

    // Anybody can derive these keys: that is what they are for.
    private static Ed25519PrivateKey KeyOf(string name)
    {
        Hash256 seed = Sha256.Hash(Encoding.UTF8.GetBytes($"chain-core dev account {name}"));
        return new Ed25519PrivateKey(Hash256.AsSpan(in seed));
    }
}
