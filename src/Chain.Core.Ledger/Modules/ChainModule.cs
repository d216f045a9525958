using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>The module of every chain that holds what the chain is: set at genesis, so that the genesis id commits to it.</summary>
public sealed class ChainModule : Module
{
    private const int MaxChainName = 64;

    private readonly StateValue<uint> _network;
    private readonly StateValue<string> _chainName;
    private readonly StateValue<Hash256> _rules;

    internal ChainModule()
        : base("chain")
    {
        _network = Value("network", Codecs.U32);
        _chainName = Value("name", Codecs.Text(MaxChainName));
        _rules = Value("rules", Codecs.Hash);
    }

    /// <summary>The network number, as hellos carry it.</summary>
    public uint NetworkOf(IStateReader state) => _network.GetOr(state, 0);

    /// <summary>The name of the chain.</summary>
    public string ChainNameOf(IStateReader state) => _chainName.GetOr(state, "");

    /// <summary>The <see cref="LedgerDefinition.RulesHash"/> that the chain began with.</summary>
    public Hash256 RulesOf(IStateReader state) => _rules.GetOr(state, default);

    internal void Begin(CallContext context, uint network, string chainName, in Hash256 rules)
    {
        _network.Set(context, network);
        _chainName.Set(context, chainName);
        _rules.Set(context, rules);
    }
}
