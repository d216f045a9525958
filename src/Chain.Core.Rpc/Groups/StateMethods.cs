using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary><c>state_v1_*</c>: the state after a block, with proofs. Each answer names the block that it is about.</summary>
internal static class StateMethods
{
    private const int ProofCost = 5;

    public static IEnumerable<RpcMethod> Of(RpcServices services) =>
        [Get(services.Node), GetWithProof(services.Node), GetBalance(services.Node), GetAccount(services.Node)];

    private static RpcMethod Get(ChainNode node)
    {
        RpcParameter<string> module = Module();
        RpcParameter<byte[]> key = Key();
        RpcParameter<BlockSelector> block = AfterBlock();
        return RpcMethod.Create(
            "state_v1_get",
            "The value of a key of a module.",
            [module, key, block],
            RpcJson.Default.ValueResult,
            arguments => InModule(node, arguments.Get(block), arguments.Get(module), (header, state) =>
                new ValueResult(Results.Place(header), ValueOf(state, arguments.Get(module), arguments.Get(key)))));
    }

    private static RpcMethod GetWithProof(ChainNode node)
    {
        RpcParameter<string> module = Module();
        RpcParameter<byte[]> key = Key();
        RpcParameter<BlockSelector> block = AfterBlock();
        return RpcMethod.Create(
            "state_v1_getWithProof",
            "The value of a key of a module, or that it is not set, proved against the state root of the block's header.",
            [module, key, block],
            RpcJson.Default.ProofResult,
            arguments => InModule(node, arguments.Get(block), arguments.Get(module), (header, state) =>
            {
                byte[] wanted = arguments.Get(key);
                StateProof proof = state.Prove(arguments.Get(module), wanted);
                return new ProofResult(Results.Place(header), state.Root, ValueOf(state, arguments.Get(module), wanted), proof.Encoded);
            }),
            ProofCost);
    }

    private static RpcMethod GetBalance(ChainNode node)
    {
        RpcParameter<AccountAddress> account = RpcParameter.Required("account", ParameterKinds.Address, "Whose balance.");
        RpcParameter<BlockSelector> block = AfterBlock();
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
        RpcParameter<BlockSelector> block = AfterBlock();
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

    private static RpcParameter<string> Module() =>
        RpcParameter.Required("module", ParameterKinds.Text(WireLimits.NameBytes), "The module whose state it is.");

    private static RpcParameter<byte[]> Key() =>
        RpcParameter.Required("key", ParameterKinds.Bytes(StateLimits.KeyBytes), "The key in the module's tree.");

    private static RpcParameter<BlockSelector> AfterBlock() =>
        RpcParameter.Optional("block", ParameterKinds.Block, default, "The block after which the state is meant; the head by default.");

    private static RpcResult<T> InModule<T>(ChainNode node, BlockSelector block, string module, Func<BlockHeader, ChainState, T> read)
        where T : class =>
        At<T>(node, block, (header, state) =>
            state.TreeOf(module) is not null ? read(header, state) : new RpcError(ErrorKinds.ModuleNotFound, null, module));

    private static RpcResult<T> At<T>(ChainNode node, BlockSelector block, Func<BlockHeader, ChainState, RpcResult<T>> read)
        where T : class =>
        node.Read<RpcResult<T>>(chain =>
            block.FindHeaderIn(chain) is not { } header ? ErrorKinds.BlockNotFound
            : !chain.TryOpenState(header, out ChainState? state) ? ErrorKinds.StateUnavailable
            : read(header, state));

    private static ReadOnlyMemory<byte>? ValueOf(ChainState state, string module, byte[] key) =>
        state.TryGet(module, key, out ReadOnlyMemory<byte> value) ? value : default(ReadOnlyMemory<byte>?);
}
