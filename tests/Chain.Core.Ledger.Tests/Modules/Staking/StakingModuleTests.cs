using Chain.Core.Consensus;
using Chain.Core.Wire;
using static Chain.Core.Ledger.Tests.Modules.Staking.StakingChain;

namespace Chain.Core.Ledger.Tests.Modules.Staking;

public sealed class StakingModuleTests
{
    [Fact]
    public void Genesis_FourValidators_NamesThemUpToTheLookahead()
    {
        var chain = new StakingChain();
        IReadOnlyList<NamedValidators> named = chain.Staking.ValidatorsIn(chain.State);
        Assert.Equal([0UL, 1UL], named.Select(static each => each.Epoch));
        Assert.Equal([1UL, 6UL], named.Select(static each => each.From.Value));
        Assert.Equal(new Dictionary<int, ulong> { [1] = Stake, [2] = Stake, [3] = Stake, [4] = Stake }, chain.SetOf(1));
        Assert.Equal(Wealth - Stake, chain.Balance(1));
        chain.AssertConserved();
    }

    [Fact]
    public void Genesis_WithoutValidators_IsRefused()
    {
        var definition = new LedgerDefinition([new TokenModule(), new StakingModule(new StakingParameters())]);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Ledger.Genesis.Create(
            definition,
            new GenesisSpec(1, "x", default, [new ModuleGenesis("staking", StakingModule.GenesisData())]),
            []));
        Assert.Contains("nobody may act", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1UL, 1u, 100u)]
    [InlineData(10UL, 0u, 100u)]
    [InlineData(10UL, 1u, 257u)]
    public void Module_ParametersOutOfRange_AreRefused(ulong epochLength, uint unbonding, uint validators)
    {
        var wrong = new StakingParameters { EpochLength = epochLength, UnbondingEpochs = unbonding, MaxValidators = validators };
        Assert.Throws<ArgumentException>(() => new StakingModule(wrong));
    }

    [Fact]
    public void Genesis_OtherParameters_AreAnotherChain() => Assert.NotEqual(
        new StakingChain(new StakingParameters { MinPresence = new BasisPoints(1) }).Id,
        new StakingChain(new StakingParameters { MinPresence = new BasisPoints(2) }).Id);

    [Fact]
    public void ValidatorsOf_AfterABorder_AreTheSetThatItNamed()
    {
        var chain = new StakingChain();
        Assert.Equal(4, chain.Staking.ValidatorsOf(chain.State).Validators.Count);
        chain.Do(5, chain.Create(5, 50_000));
        Assert.Equal(4, chain.Staking.ValidatorsOf(chain.State).Validators.Count);
        chain.EndEpoch();
        Assert.True(chain.Staking.NamesValidators(chain.Head.Height));
        Assert.False(chain.Staking.NamesValidators(chain.Head.Height.Next()));
        Assert.Equal(5, chain.Staking.ValidatorsOf(chain.State).Validators.Count);
    }

    [Fact]
    public void IsSettled_Offence_UntilItIsReportedOrTooOld()
    {
        var chain = new StakingChain();
        Assert.False(chain.Staking.IsSettled(chain.State, chain.Head.Height, Offence(1, 0)));
        Assert.True(chain.Staking.IsSettled(chain.State, chain.Head.Height, Offence(9, 0)));
        Assert.True(chain.Staking.IsSettled(chain.State, chain.Head.Height, new byte[] { 1 }));
        chain.Do(7, chain.Staking.Report(Offence(1, 0)));
        Assert.True(chain.Staking.IsSettled(chain.State, chain.Head.Height, Offence(1, 0)));
        chain.EndEpochs(9);
        Assert.True(chain.Staking.IsSettled(chain.State, chain.Head.Height, Offence(2, 0)));
        Assert.False(chain.Staking.IsSettled(chain.State, chain.Head.Height, Offence(2, 1)));
    }

    [Fact]
    public void Create_KeyThatSigned_ActsAfterTheBorderAndTheLookahead()
    {
        var chain = new StakingChain();
        chain.Do(5, chain.Create(5, 50_000));
        Assert.DoesNotContain(5, chain.SetOf(1).Keys);
        chain.EndEpoch();
        Assert.Equal(50_000UL, chain.SetOf(2)[5]);
        Assert.DoesNotContain(5, chain.SetOf(1).Keys);
        chain.AssertConserved();
    }

    [Fact]
    public void Create_KeyOfSomebodyElse_Fails()
    {
        var chain = new StakingChain();
        Assert.Contains("did not sign", chain.Fail(5, chain.Create(5, 50_000, signer: 6)), StringComparison.Ordinal);
        Assert.Equal(Wealth, chain.Balance(5));
    }

    [Fact]
    public void Create_SecondTimeOrTooLittle_Fails()
    {
        var chain = new StakingChain();
        Assert.Contains("already", chain.Fail(1, chain.Create(1, 50_000)), StringComparison.Ordinal);
        Assert.Contains("too low", chain.Fail(5, chain.Create(5, chain.Parameters.MinSelfBond - 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Bond_MoreThanMayComeInAnEpoch_ComesWhenItIsItsTurn()
    {
        var chain = new StakingChain(new StakingParameters { EpochLength = 5, MinChurn = 10_000 });
        Assert.Equal(4 * Stake, Total(chain.SetOf(0)));
        chain.Do(6, chain.Staking.Bond(Person(1).Address, 90_000)); // 10 % of 400,000 an epoch: the end of the third
        chain.Do(7, chain.Staking.Bond(Person(1).Address, 30_000)); // fits the rest of the third
        chain.EndEpochs(2);
        Assert.Equal(Stake, chain.SetOf(3)[1]);
        chain.EndEpoch();
        Assert.Equal(Stake + 120_000, chain.SetOf(4)[1]);
        chain.AssertConserved();
    }

    [Fact]
    public void Unbond_Stake_IsPaidOnlyAfterItCanBeSlashedNoMore()
    {
        var chain = new StakingChain();
        chain.Do(6, chain.Staking.Bond(Person(1).Address, 40_000));
        chain.EndEpochs(2);
        Receipt receipt = chain.Do(6, chain.Staking.Unbond(Person(1).Address, 15_000));
        Assert.True(chain.Staking.Unbonded.TryRead(receipt.Events[0], out ulong number));
        Assert.Equal(25_000UL, chain.StakeOf(1, 6));

        // Its turn is the end of epoch 2, so it backs votes until the end of epoch 3.
        Unbonding unbonding = chain.Staking.FindUnbonding(chain.State, number)!;
        Assert.Equal(4UL, unbonding.LiableUntil);
        Assert.Equal(140_000UL, chain.SetOf(3)[1]);
        chain.EndEpoch();
        Assert.Equal(125_000UL, chain.SetOf(4)[1]);

        chain.EndEpochs((int)(unbonding.LiableUntil + chain.Parameters.UnbondingEpochs - chain.Epoch - 1));
        Assert.Contains("epoch 11", chain.Fail(6, chain.Staking.Withdraw(number)), StringComparison.Ordinal);
        chain.EndEpoch();
        Assert.Contains("nothing of the sender", chain.Fail(7, chain.Staking.Withdraw(number)), StringComparison.Ordinal);
        chain.Do(6, chain.Staking.Withdraw(number));
        Assert.Equal(Wealth - 25_000, chain.Balance(6));
        Assert.Contains("nothing of the sender", chain.Fail(6, chain.Staking.Withdraw(number)), StringComparison.Ordinal);
        chain.AssertConserved();
    }

    [Fact]
    public void Unbond_BeforeItCame_LeavesNoEarlier()
    {
        var chain = new StakingChain(new StakingParameters { EpochLength = 5, MinChurn = 10_000 });
        chain.Do(6, chain.Staking.Bond(Person(1).Address, 90_000)); // comes at the end of epoch 2
        chain.Do(6, chain.Staking.Unbond(Person(1).Address, 90_000));
        chain.EndEpochs(3);
        Assert.Equal(Stake, chain.SetOf(4)[1]);
        chain.AssertConserved();
    }

    [Fact]
    public void Unbond_OwnStakeBelowTheLeast_EndsItsPower()
    {
        var chain = new StakingChain();
        chain.Do(1, chain.Staking.Unbond(Person(1).Address, Stake - 1));
        chain.EndEpoch();
        Assert.Equal([2, 3, 4], chain.SetOf(2).Keys);
    }

    [Fact]
    public void EndOfEpoch_VotesAndProposals_AreRewardedByStakeAndCommission()
    {
        var chain = new StakingChain(
            new StakingParameters { EpochLength = 5, MinChurn = Wealth, EpochReward = 10_000, MinPresence = default }, reserve: 100_000);
        chain.Do(6, chain.Staking.Bond(Person(1).Address, 100_000)); // 100,000 of 500,000 from epoch 2 on
        chain.EndEpochs(2);
        chain.EndEpoch(chain.IndexOf(1), chain.IndexOf(2)); // all blocks proposed by 1; 1 and 2 vote

        // 1,000 for proposals go to 1; of 9,000 for votes 1 has two fifths and 2 one fifth, the rest stays in the pot.
        Assert.Equal(1_000UL + 3_600 + 1_800, chain.Balance(StakingModule.RewardAccount));
        Assert.Equal(3_600UL, chain.Balance(TokenModule.FeeAccount));
        ulong before = chain.Balance(6);
        chain.Do(6, chain.Staking.Claim(Person(1).Address));
        Assert.InRange(chain.Balance(6) - before, (4_600UL * 9 / 10 / 2) - 1, 4_600UL * 9 / 10 / 2);
        before = chain.Balance(1);
        chain.Do(1, chain.Staking.Claim(Person(1).Address));
        Assert.InRange(chain.Balance(1) - before, (4_600UL * 9 / 10 / 2) + 459, (4_600UL * 9 / 10 / 2) + 460);
        before = chain.Balance(1);
        chain.Do(1, chain.Staking.Claim(Person(1).Address));
        Assert.Equal(before, chain.Balance(1));
        chain.AssertConserved();
    }

    [Fact]
    public void EndOfEpoch_FeesOfTheEpoch_ArePartOfThePot()
    {
        var chain = new StakingChain();
        chain.Try(6, chain.Token.Transfer(Person(7).Address, 1), fee: 777);
        chain.EndEpoch(0, 1, 2, 3);
        ulong paid = chain.Balance(StakingModule.RewardAccount);
        Assert.InRange(paid, 770UL, 777UL);
        Assert.Equal(777 - paid, chain.Balance(TokenModule.FeeAccount));
    }

    [Fact]
    public void EndOfEpoch_AbsentValidator_IsSlashedJailedAndComesBackWhenAsked()
    {
        var chain = new StakingChain(new StakingParameters { EpochLength = 5, MinChurn = Wealth, DowntimeSlash = new BasisPoints(100), JailEpochs = 2 });
        chain.EndEpoch(chain.IndexOf(1), chain.IndexOf(2), chain.IndexOf(3));
        Assert.Equal([1, 2, 3], chain.SetOf(2).Keys);
        Assert.Equal(ValidatorStanding.Jailed, chain.Record(4).Standing);
        Assert.Equal(Stake * 99 / 100, chain.StakeOf(4, 4));
        Assert.Equal(Stake / 100, chain.Balance(StakingModule.SlashedAccount));
        Assert.Contains("until epoch 3", chain.Fail(4, chain.Staking.Unjail()), StringComparison.Ordinal);
        chain.EndEpochs(2);
        chain.Do(4, chain.Staking.Unjail());
        chain.EndEpoch();
        Assert.Equal(Stake * 99 / 100, chain.SetOf(5)[4]);
        chain.AssertConserved();
    }

    [Fact]
    public void EndOfEpoch_EverybodyJailed_TheLastSetGoesOn()
    {
        var chain = new StakingChain();
        chain.EndEpoch(99); // an index outside of the set: nobody voted
        Assert.All(Enumerable.Range(1, Founders), i => Assert.Equal(ValidatorStanding.Jailed, chain.Record(i).Standing));
        Assert.Equal([1, 2, 3, 4], chain.SetOf(2).Keys);
    }

    [Fact]
    public void Report_Equivocation_SlashesOnceBansForEverAndPaysTheReporter()
    {
        var chain = new StakingChain();
        chain.Do(6, chain.Staking.Bond(Person(1).Address, 100_000));
        chain.EndEpochs(3);
        Receipt receipt = chain.Do(7, chain.Staking.Report(Offence(1, 2)));
        Assert.True(chain.Staking.Punished.TryRead(receipt.Events[^1], out (ValidatorKey Offender, string Kind) punished));
        Assert.Equal((KeyOf(1), "two-votes"), punished);
        Assert.Equal(95_000UL, chain.StakeOf(1, 1));
        Assert.Equal(95_000UL, chain.StakeOf(1, 6));
        Assert.Equal(Wealth + 500, chain.Balance(7));
        Assert.Equal(9_500UL, chain.Balance(StakingModule.SlashedAccount));
        Assert.Contains("already", chain.Fail(7, chain.Staking.Report(Offence(1, 3))), StringComparison.Ordinal);
        Assert.Contains("banned", chain.Fail(6, chain.Staking.Bond(Person(1).Address, 1)), StringComparison.Ordinal);
        chain.EndEpoch();
        Assert.Equal([2, 3, 4], chain.SetOf(5).Keys);
        Assert.Contains("jailed", chain.Fail(1, chain.Staking.Unjail()), StringComparison.Ordinal);
        chain.Do(6, chain.Staking.Unbond(Person(1).Address, 95_000));
        chain.AssertConserved();
    }

    [Fact]
    public void Report_WhatIsTooOldToComeOrUnknown_Fails()
    {
        var chain = new StakingChain();
        chain.EndEpochs(8);
        Assert.Contains("too old", chain.Fail(7, chain.Staking.Report(Offence(1, 0))), StringComparison.Ordinal);
        Assert.Contains("still to come", chain.Fail(7, chain.Staking.Report(Offence(1, 9))), StringComparison.Ordinal);
        Assert.Contains("no validator", chain.Fail(7, chain.Staking.Report(Offence(9, 8))), StringComparison.Ordinal);
        Assert.Contains("proves no offence", chain.Fail(7, chain.Staking.Report(new byte[] { 1, 2, 3 })), StringComparison.Ordinal);
        chain.Do(7, chain.Staking.Report(Offence(1, 1)));
    }

    [Fact]
    public void Withdraw_AfterAnOffenceThatItBacked_PaysItsPart()
    {
        var chain = new StakingChain();
        chain.Do(6, chain.Staking.Bond(Person(1).Address, 100_000));
        chain.EndEpochs(2);
        ulong early = Unbond(chain, 6, 50_000); // liable for epochs 2 and 3
        chain.EndEpochs(2);
        ulong late = Unbond(chain, 6, 50_000); // liable for epochs 4 and 5
        chain.Do(7, chain.Staking.Report(Offence(1, 4)));
        chain.EndEpochs(12);
        chain.Do(6, chain.Staking.Withdraw(early));
        Assert.Equal(Wealth - 50_000, chain.Balance(6));
        chain.Do(6, chain.Staking.Withdraw(late));
        Assert.Equal(Wealth - 2_500, chain.Balance(6));
        Assert.Equal(0UL, chain.Balance(StakingModule.UnbondingAccount));
        chain.AssertConserved();
    }

    [Fact]
    public void SetCommission_Rises_APercentAnEpoch()
    {
        var chain = new StakingChain();
        Assert.Contains("once an epoch", chain.Fail(1, chain.Staking.SetCommission(new BasisPoints(1_001))), StringComparison.Ordinal);
        chain.Do(1, chain.Staking.SetCommission(new BasisPoints(900)));
        chain.EndEpoch();
        chain.Do(1, chain.Staking.SetCommission(new BasisPoints(1_000)));
        Assert.Contains("once an epoch", chain.Fail(1, chain.Staking.SetCommission(new BasisPoints(1_100))), StringComparison.Ordinal);
        Assert.Equal(new BasisPoints(1_000), chain.Record(1).Commission);
        Assert.Contains("no validator", chain.Fail(9, chain.Staking.SetCommission(default)), StringComparison.Ordinal);
    }

    [Fact]
    public void EndOfEpoch_MoreValidatorsThanMayAct_TheStrongestDo()
    {
        var chain = new StakingChain(
            new StakingParameters { EpochLength = 5, MinChurn = Wealth, MaxValidators = 2 }, [10_000, 30_000, 20_000, 30_000]);
        Assert.Equal([2, 4], chain.SetOf(0).Keys);
        chain.Do(9, chain.Staking.Bond(Person(3).Address, 20_000));
        chain.EndEpoch();
        Assert.Equal(40_000UL, chain.SetOf(2)[3]);
        Assert.Equal(2, chain.SetOf(2).Count);
    }

    [Fact]
    public void EndOfEpoch_ValidatorWithoutStake_MakesRoomForAnother()
    {
        var chain = new StakingChain(new StakingParameters { EpochLength = 5, MinChurn = Wealth, MaxValidators = 4, MaxCandidates = 4 });
        Assert.Contains("too many", chain.Fail(5, chain.Create(5, 50_000)), StringComparison.Ordinal);
        chain.Do(1, chain.Staking.Unbond(Person(1).Address, Stake));
        chain.EndEpoch();
        chain.Do(5, chain.Create(5, 50_000));
        chain.EndEpoch();
        Assert.Equal([2, 3, 4, 5], chain.SetOf(3).Keys);
    }

    [Fact]
    [Trait("Fault", "42")]
    public void Bond_AllTheCoinsThereCanBe_OverflowsNowhere()
    {
        ulong most = ulong.MaxValue - ((People - 1) * Wealth);
        var token = new TokenModule();
        var staking = new StakingModule(new StakingParameters { EpochLength = 2 }, new FakeOffences());
        var definition = new LedgerDefinition([token, staking], new Crypto.SignatureSchemes(new FakeScheme()));
        (AccountAddress, ulong)[] coins = [(Person(1).Address, most), (Person(2).Address, 1_000)];
        var genesis = Ledger.Genesis.Create(
            definition,
            new GenesisSpec(7, "rich", default,
            [
                new ModuleGenesis("token", TokenModule.GenesisData(coins)),
                new ModuleGenesis("staking", StakingModule.GenesisData(
                    new StakingGenesisValidator(Person(1).Address, KeyOf(1), default, most),
                    new StakingGenesisValidator(Person(2).Address, KeyOf(2), default, 1_000))),
            ]),
            []);
        ValidatorSet set = staking.ValidatorsIn(genesis.State)[0].Validators;
        Assert.Equal([most, 1_000UL], set.Validators.Select(static each => each.Stake).OrderDescending());
        Assert.Equal(most, staking.StakeOf(genesis.State, Person(1).Address, Person(1).Address));
    }

    private static ulong Unbond(StakingChain chain, int person, ulong amount)
    {
        Receipt receipt = chain.Do(person, chain.Staking.Unbond(Person(1).Address, amount));
        Assert.True(chain.Staking.Unbonded.TryRead(receipt.Events[^1], out ulong number));
        return number;
    }

    private static ulong Total(Dictionary<int, ulong> set) => (ulong)set.Values.Sum(static stake => (decimal)stake);
}
