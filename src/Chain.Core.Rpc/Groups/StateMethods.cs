using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary><c>state_v1_*</c>: the state after a block, with proofs. Each answer names the block that it is about.</summary>
internal static class StateMethods
{
    private const int ProofCost = 5;
    private const string BlockSummary = "The block after which the state is meant; the head by default.";

    public static IEnumerable<RpcMethod> Of(RpcServices services) =>
        [Get(services.Node), GetWithProof(services.Node), GetBalance(services.Node), GetAccount(services.Node)];

    private static RpcMethod Get(ChainNode node)
    {
        RpcParameter<string> module = RpcParameter.Required("module", ParameterKinds.Text(WireLimits.NameBytes), "The module whose state it is.");
        RpcParameter<byte[]> key = RpcParameter.Required("key", ParameterKinds.Bytes(StateLimits.KeyBytes), "The key in the module's tree.");
        RpcParameter<BlockSelector> block = RpcParameter.Optional("block", ParameterKinds.Block, default, BlockSummary);
        return RpcMethod.Create(
            "state_v1_get",
            "The value of a key of a module.",
            [module, key, block],
            RpcJson.Default.ValueResult,
            arguments => At<ValueResult>(node, arguments.Get(block), (header, state) => HasModule(state, arguments.Get(module))
                ? new ValueResult(Results.Place(header), ValueOf(state, arguments.Get(module), arguments.Get(key)))
                : new RpcError(ErrorKinds.ModuleNotFound, null, arguments.Get(module))));
    }

    private static RpcMethod GetWithProof(ChainNode node)
    {
        RpcParameter<string> module = RpcParameter.Required("module", ParameterKinds.Text(WireLimits.NameBytes), "The module whose state it is.");
        RpcParameter<byte[]> key = RpcParameter.Required("key", ParameterKinds.Bytes(StateLimits.KeyBytes), "The key in the module's tree.");
        RpcParameter<BlockSelector> block = RpcParameter.Optional("block", ParameterKinds.Block, default, BlockSummary);
        return RpcMethod.Create(
            "state_v1_getWithProof",
            "The value of a key of a module, or that it is not set, proved against the state root of the block's header.",
            [module, key, block],
            RpcJson.Default.ProofResult,
            arguments => At<ProofResult>(node, arguments.Get(block), (header, state) =>
            {
                if (!HasModule(state, arguments.Get(module)))
                {
                    return new RpcError(ErrorKinds.ModuleNotFound, null, arguments.Get(module));
                }

                byte[] wanted = arguments.Get(key);
                StateProof proof = state.Prove(arguments.Get(module), wanted);
                return new ProofResult(Results.Place(header), state.Root, ValueOf(state, arguments.Get(module), wanted), proof.Encoded);
            }),
            ProofCost);
    }

    private static RpcMethod GetBalance(ChainNode node)
    {
        RpcParameter<AccountAddress> account = RpcParameter.Required("account", ParameterKinds.Address, "Whose balance.");
        RpcParameter<BlockSelector> block = RpcParameter.Optional("block", ParameterKinds.Block, default, BlockSummary);
        TokenModule? token = node.Chain.Ledger.Modules.OfType<TokenModule>().FirstOrDefault();
        return RpcMethod.Create(
            "state_v1_getBalance",
            "What an account has in the chain's own coin.",
            [account, block],
            RpcJson.Default.BalanceResult,
            arguments => token is null
                ? ErrorKinds.NotSupported
                : At<BalanceResult>(node, arguments.Get(block), (header, state) =>
                    new BalanceResult(Results.Place(header), token.BalanceOf(state, arguments.Get(account)))));
    }

    private static RpcMethod GetAccount(ChainNode node)
    {
        RpcParameter<AccountAddress> account = RpcParameter.Required("account", ParameterKinds.Address, "Which account.");
        RpcParameter<BlockSelector> block = RpcParameter.Optional("block", ParameterKinds.Block, default, BlockSummary);
        TokenModule? token = node.Chain.Ledger.Modules.OfType<TokenModule>().FirstOrDefault();
        return RpcMethod.Create(
            "state_v1_getAccount",
            "The next nonce and the balance of an account.",
            [account, block],
            RpcJson.Default.AccountResult,
            arguments => At<AccountResult>(node, arguments.Get(block), (header, state) => new AccountResult(
                Results.Place(header),
                node.Chain.Ledger.Accounts.NextNonce(state, arguments.Get(account)),
                token?.BalanceOf(state, arguments.Get(account)))));
    }

    private static RpcResult<T> At<T>(ChainNode node, BlockSelector block, Func<BlockHeader, ChainState, RpcResult<T>> read)
        where T : class =>
        node.Read<RpcResult<T>>(chain =>
            block.FindHeaderIn(chain) is not { } header ? ErrorKinds.BlockNotFound
            : !chain.TryOpenState(header, out ChainState? state) ? ErrorKinds.StateUnavailable
            : read(header, state));

    private static bool HasModule(ChainState state, string module) => state.TreeOf(module) is not null;

    private static ReadOnlyMemory<byte>? ValueOf(ChainState state, string module, byte[] key) =>
        state.TryGet(module, key, out ReadOnlyMemory<byte> value) ? value : default(ReadOnlyMemory<byte>?);
}
