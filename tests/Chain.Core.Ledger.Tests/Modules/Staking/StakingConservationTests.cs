using Chain.Core.Consensus;
using Chain.Core.Testing;
using Chain.Core.Wire;
using static Chain.Core.Ledger.Tests.Modules.Staking.StakingChain;

namespace Chain.Core.Ledger.Tests.Modules.Staking;

/// <summary>Random calls of random people: coins are conserved to the unit, whatever fails or is slashed.</summary>
public sealed class StakingConservationTests
{
    [Fact]
    [Trait("Fault", "42")]
    public void RandomCalls_ManyEpochs_ConserveEveryCoin()
    {
        int seeds = LongRun.Count(3, 100);
        int applied = 0;
        for (int seed = 0; seed < seeds; seed++)
        {
            var random = new Random(seed);
            var chain = new StakingChain(
                new StakingParameters
                {
                    EpochLength = 4,
                    MinChurn = 20_000,
                    UnbondingEpochs = 2,
                    EpochReward = 3_333,
                    DowntimeSlash = new BasisPoints(777),
                    EquivocationSlash = new BasisPoints(3_333),
                },
                reserve: 200_000);
            for (int block = 0; block < 160; block++)
            {
                int validators = chain.Staking.ValidatorsIn(chain.State).Single(named => named.Epoch == chain.Epoch).Validators.Validators.Count;
                int[] voters = [.. Enumerable.Range(0, validators).Where(_ => random.Next(4) != 0)];
                var activity = new BlockActivity(chain.Head.Height.Next(), random.Next(validators), voters);
                Receipt receipt = chain.Try(random.Next(1, People), AnyCall(chain, random), (ulong)random.Next(50), activity);
                applied += receipt.Status == TransactionStatus.Applied ? 1 : 0;
                chain.AssertConserved();
            }
        }

        Assert.InRange(applied, 40 * seeds, 160 * seeds);
    }

    private static Call AnyCall(StakingChain chain, Random random)
    {
        AccountAddress validator = Person(random.Next(1, 8)).Address;
        return random.Next(40) switch
        {
            < 4 => chain.Create(random.Next(5, 8), (ulong)random.Next(1, 50_000)),
            < 18 => chain.Staking.Bond(validator, (ulong)random.Next(1, 60_000)),
            < 26 => chain.Staking.Unbond(validator, (ulong)random.Next(1, 40_000)),
            < 30 => chain.Staking.Withdraw((ulong)random.Next(0, 20)),
            < 36 => chain.Staking.Claim(validator),
            < 39 => chain.Staking.Unjail(),
            _ => chain.Staking.Report(Offence(random.Next(1, 12), chain.Epoch - ulong.Min(chain.Epoch, (ulong)random.Next(0, 2)))),
        };
    }
}
