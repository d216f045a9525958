using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary><c>validators_v1_*</c>: who vote, and with which stake.</summary>
internal static class ValidatorMethods
{
    public static IEnumerable<RpcMethod> Of(RpcServices services)
    {
        ChainNode node = services.Node;
        RpcParameter<BlockSelector> block = RpcParameter.Optional(
            "block", ParameterKinds.Block, default, "The block whose validators are meant; the head by default.");
        return
        [
            RpcMethod.Create(
                "validators_v1_list",
                "The validators that vote on a block, with their stake.",
                [block],
                RpcJson.Default.ValidatorsResult,
                arguments => node.Read(chain => List(node, chain, arguments.Get(block)))),
        ];
    }

    public static ValidatorResult Describe(Validator validator, AccountAddress? runs = null) =>
        new(Results.Scheme(validator.Key.Scheme), validator.Key.PublicKey, validator.Stake, runs);

    /// <summary>Who vote on a block; null where the state that says so is not kept.</summary>
    public static ValidatorSet? FindVoters(ChainNode node, ChainSnapshot chain, BlockHeader block)
    {
        if (!chain.TryOpenState(block, out ChainState? state))
        {
            return null;
        }

        IValidatorSource source = node.Chain.Ledger.Validators!;
        return source is StakingModule staking
            ? staking.ValidatorsIn(state).LastOrDefault(named => named.From <= block.Height || named.Epoch == 0)?.Validators
            : source.ValidatorsOf(state);
    }

    private static RpcResult<ValidatorsResult> List(ChainNode node, ChainSnapshot chain, BlockSelector selector)
    {
        if (node.Chain.Ledger.Validators is not { } source)
        {
            return ErrorKinds.NotSupported;
        }

        if (selector.FindHeaderIn(chain) is not { } block)
        {
            return ErrorKinds.BlockNotFound;
        }

        if (FindVoters(node, chain, block) is not { } voters || !chain.TryOpenState(block, out ChainState? state))
        {
            return ErrorKinds.StateUnavailable;
        }

        ulong total = 0;
        var validators = new List<ValidatorResult>();
        foreach (Validator validator in voters.Validators)
        {
            total = ulong.MaxValue - total < validator.Stake ? ulong.MaxValue : total + validator.Stake;
            AccountAddress runs = default;
            bool isKnown = source is StakingModule staking && staking.TryFindOperator(state, validator.Key, out runs);
            validators.Add(Describe(validator, isKnown ? runs : null));
        }

        return new ValidatorsResult(Results.Place(block), total, validators);
    }
}
