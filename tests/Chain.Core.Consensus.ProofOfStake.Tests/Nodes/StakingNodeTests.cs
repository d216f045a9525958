using Chain.Core.Ledger;
using Chain.Core.Simulation;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>Full nodes whose validators stand in the state: who offends loses stake, and the others go on without it.</summary>
public sealed class StakingNodeTests
{
    private const int Validators = 5;
    private const ulong Stake = 10_000;
    private const ulong Purse = 1_000;

    private readonly StakingModule _staking;
    private readonly StakeChain _chain;

    public StakingNodeTests()
    {
        var options = new ProofOfStakeOptions
        {
            Validators = TestKeys.Set([.. Enumerable.Repeat(Stake, Validators)]),
            EpochBlocks = 10,
            ViewTimeout = TimeSpan.FromSeconds(2),
        };
        _staking = new StakingModule(new StakingParameters { EpochLength = 10, MinPresence = default }, new StakeOffences(options));
        TestKey[] keys = TestKeys.Of(Validators);
        _chain = new StakeChain(options, new SimulatedChainOptions
        {
            OutboundSlots = Validators,
            Funded = [.. keys.Select(key => (OperatorOf(key), Stake + Purse)), .. Pools.Select(static pool => (pool, 0UL))],
            Modules =
            [
                (_staking, StakingModule.GenesisData([.. keys.Select(
                    static key => new StakingGenesisValidator(OperatorOf(key), key.Key, default, Stake))])),
            ],
        });
    }

    private static IReadOnlyList<AccountAddress> Pools { get; } =
    [
        StakingModule.BondedAccount, StakingModule.UnbondingAccount, StakingModule.RewardAccount,
        StakingModule.ReserveAccount, StakingModule.SlashedAccount,
    ];

    [Fact]
    public void Epochs_NoFaults_SetsOfTheStateVote()
    {
        ChainInvariants invariants = ChainInvariants.Watch(_chain.Chain, weightDecides: false);

        _chain.Chain.RunUntil("five epochs are final", () => _chain.AllFinalAt(50), TimeSpan.FromSeconds(120));

        _chain.AssertOneChain();
        Assert.True(invariants.ExecutedBlocks >= 50);
        Assert.Empty(_chain.Chain.Tally.RefusedBlocks);
        Assert.Equal(Validators, Acting(_chain.Chain.Nodes[0]).Validators.Count);
    }

    /// <summary>The commonest way to be slashed: a key that runs on two machines.</summary>
    [Fact]
    public void Key_OnTwoNodes_IsSlashedOnceAndVotesNoMore()
    {
        ChainInvariants.Watch(_chain.Chain, weightDecides: false);
        TestKey offender = TestKeys.Of(Validators)[2];
        _chain.AddNode(offender);
        _chain.Chain.RunUntil("a block is final", () => _chain.AllFinalAt(1), TimeSpan.FromSeconds(30));
        _chain.Chain.RunUntil(
            "the offender is out of the set",
            () => Acting(_chain.Chain.Nodes[0]).Validators.All(validator => validator.Key != offender.Key),
            TimeSpan.FromSeconds(300));

        _chain.Simulator.RunFor(TimeSpan.FromSeconds(20));
        _chain.AssertOneChain();
        ChainState state = _chain.Chain.StateOf(_chain.Chain.Nodes[0]);
        ValidatorRecord record = _staking.FindValidator(state, OperatorOf(offender))!;
        Assert.Equal(ValidatorStanding.Banned, record.Standing);
        Assert.Equal(Stake / 20, Stake - _staking.StakeOf(state, OperatorOf(offender), OperatorOf(offender)));
        Assert.All(
            TestKeys.Of(Validators).Where(key => key != offender),
            key => Assert.Equal(Stake, _staking.StakeOf(state, OperatorOf(key), OperatorOf(key))));
        ChainAudit.Run(_chain.Chain, _chain.Chain.Nodes[0]);
    }

    private static AccountAddress OperatorOf(TestKey key) => AccountAddress.FromKey(key.Signer.Scheme, key.PublicKey.Span);

    /// <summary>The newest set that a node's state names.</summary>
    private ValidatorSet Acting(SimulatedNode node) => _staking.ValidatorsIn(_chain.Chain.StateOf(node))[^1].Validators;
}
