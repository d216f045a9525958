using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>FAULTS row 42: shares of leaders, stakes at the limit of their type.</summary>
public sealed class LeaderDrawTests
{
    [Fact]
    public void LeaderOf_ManyViews_SharesFollowStakeWithinOnePercent()
    {
        ulong[] stakes = [1_000, 5_000, 20_000, 300_000, 174_000];
        StakeTable table = Table(stakes);
        var led = new long[stakes.Length];
        const int Views = 400_000;
        for (ulong view = 1; view <= Views; view++)
        {
            led[LeaderDraw.LeaderOf(table, Sha256.Hash("a seed"u8), View.Of(3, view))]++;
        }

        for (int i = 0; i < stakes.Length; i++)
        {
            double share = (double)led[i] / Views;
            double due = stakes[i] / 500_000.0;
            Assert.InRange(share, due - 0.01, due + 0.01);

            // Far closer than one percent of all: five standard deviations.
            Assert.InRange(share, due - (5 * Math.Sqrt(due * (1 - due) / Views)), due + (5 * Math.Sqrt(due * (1 - due) / Views)));
        }
    }

    [Fact]
    public void LeaderOf_OtherSeedOrEpoch_OtherLeaders()
    {
        StakeTable table = Table([.. Enumerable.Repeat(1UL, 16)]);
        int[] leaders = [.. Enumerable.Range(1, 64).Select(view => LeaderDraw.LeaderOf(table, Sha256.Hash("a"u8), View.Of(0, (ulong)view)))];

        Assert.NotEqual(leaders, [.. Enumerable.Range(1, 64).Select(view => LeaderDraw.LeaderOf(table, Sha256.Hash("b"u8), View.Of(0, (ulong)view)))]);
        Assert.NotEqual(leaders, [.. Enumerable.Range(1, 64).Select(view => LeaderDraw.LeaderOf(table, Sha256.Hash("a"u8), View.Of(1, (ulong)view)))]);
    }

    [Fact]
    public void Stake_AtTheLimitOfTheType_NeitherOverflowsNorMisses()
    {
        StakeTable table = Table([.. Enumerable.Repeat(ulong.MaxValue, StakeLimits.Validators)]);
        UInt128 all = (UInt128)ulong.MaxValue * StakeLimits.Validators;

        Assert.Equal(all, table.Total);
        Assert.True(table.IsQuorum(all));
        Assert.False(table.IsQuorum(all / 3 * 2));
        Assert.True(table.IsQuorum((all / 3 * 2) + 1));
        Assert.Equal(0, table.AtPoint(0));
        Assert.Equal(0, table.AtPoint(ulong.MaxValue - 1));
        Assert.Equal(1, table.AtPoint(ulong.MaxValue));
        Assert.Equal(StakeLimits.Validators - 1, table.AtPoint(all - 1));
        for (ulong view = 1; view < 100; view++)
        {
            Assert.InRange(LeaderDraw.LeaderOf(table, default, View.Of(0, view)), 0, StakeLimits.Validators - 1);
        }
    }

    [Fact]
    public void TryCreate_SetsThatCannotVote_AreRefused()
    {
        Validator[] good = [.. TestKeys.Equal(3).Validators];

        Assert.False(StakeTable.TryCreate(ValidatorSet.Empty, out _));
        Assert.False(StakeTable.TryCreate(new ValidatorSet([good[1], good[0]]), out _));
        Assert.False(StakeTable.TryCreate(new ValidatorSet([good[0], good[0]]), out _));
        Assert.False(StakeTable.TryCreate(new ValidatorSet([good[0] with { Stake = 0 }]), out _));
        var identity = new byte[32];
        identity[0] = 1; // the neutral point: outputs of its choice
        Assert.False(StakeTable.TryCreate(new ValidatorSet([new Validator(new ValidatorKey(SignatureSchemeTag.Ed25519, identity), 1)]), out _));
        Assert.False(StakeTable.TryCreate(TestKeys.Equal(StakeLimits.Validators + 1), out _));
    }

    private static StakeTable Table(ReadOnlySpan<ulong> stakes)
    {
        Assert.True(StakeTable.TryCreate(TestKeys.Set(stakes), out StakeTable? table));
        return table;
    }
}
