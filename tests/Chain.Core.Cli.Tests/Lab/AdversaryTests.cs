using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Tests.Lab;

/// <summary>The named scenarios with adversaries, smaller, beside the same ones without.</summary>
public class AdversaryTests
{
    private static readonly Scenario Selfish = NamedScenarios.Find("selfish-miner")! with
    {
        Nodes = 10,
        Power = new PowerPlan { Rule = PowerRule.Listed, Shares = [4.5, 1] },
        Load = new LoadPlan { Rate = 0 },
        Duration = TimeSpan.FromMinutes(50),
        Drain = TimeSpan.Zero,
    };

    private static readonly Scenario Eclipse = NamedScenarios.Find("eclipse")! with
    {
        Nodes = 5 + 64,
        Producers = 5,
        Network = new NetworkPlan { Topology = TopologyRule.Gossip, Degree = 2 },
        Load = new LoadPlan { Rate = 0 },
        Drain = TimeSpan.Zero,
    };

    [Fact]
    public void SelfishMiner_ThirdOfThePower_GetsMoreThanItsShareAndWastesTheWorkOfOthers()
    {
        // Three hundred blocks a seed: the share of one seed alone is off by three hundredths as often as not.
        RunMeasures[] attacked = [.. Enumerable.Range(1, 8).Select(static seed => Run(Selfish, (ulong)seed))];
        RunMeasures left = Run(Selfish with { Adversaries = [] });
        double share = attacked.Average(static run => run.AdversaryBlocks!.Value);

        Assert.All(attacked, static run => Assert.Equal(1.0 / 3, run.AdversaryPower!.Value, 0.001));
        Assert.True(share > (1.0 / 3) + 0.02, $"{share} of the blocks");
        Assert.All(attacked, static run => Assert.True(run.StaleShare > 0.15, $"{run.StaleShare} stale"));
        Assert.True(left.StaleShare < 0.06, $"{left.StaleShare} stale without the adversary");
        Assert.Null(left.AdversaryBlocks);
    }

    [Fact]
    public void Eclipse_AddressesFillEverySlot_VictimGoesOnAlone()
    {
        VictimMeasures victim = Run(Eclipse).Victim!;
        RunMeasures left = Run(Eclipse with { Nodes = 5, Adversaries = [] });

        Assert.Equal(victim.Peers, victim.Attackers);
        Assert.True(victim.Behind > 5, $"{victim}");
        Assert.True(victim.Alone > 0, $"{victim}");
        Assert.Null(left.LivenessFault);
        Assert.Null(left.SafetyFault);
    }

    /// <summary>One address to be dialled cannot take two slots.</summary>
    [Fact]
    public void Eclipse_FewerAddressesThanSlots_LeaveTheVictimAnHonestPeer()
    {
        Scenario few = Eclipse with { Nodes = 5 + 2, Adversaries = [new AdversaryPlan { Kind = AdversaryKind.Eclipse, Addresses = 2 }] };

        VictimMeasures victim = Run(few).Victim!;

        Assert.True(victim.Attackers < victim.Peers, $"{victim}");
        Assert.True(victim.Behind <= 1, $"{victim}");
    }

    /// <summary>Rosenfeld 2014: with three tenths of the power, six of ten attempts at one confirmation succeed.</summary>
    [Fact]
    public void DoubleSpender_OneConfirmation_SucceedsInMostAttempts()
    {
        Scenario spending = Selfish with
        {
            Power = new PowerPlan { Rule = PowerRule.Listed, Shares = [9 * 3.0 / 7, 1] },
            Adversaries = [new AdversaryPlan { Kind = AdversaryKind.DoubleSpender, Confirmations = 1 }],
        };

        RunMeasures[] attacked = [.. Enumerable.Range(1, 6).Select(seed => Run(spending, (ulong)seed))];
        int attempts = attacked.Sum(static run => run.SpendAttempts!.Value);
        int successes = attacked.Sum(static run => run.SpendSuccesses!.Value);

        Assert.True(attempts > 80, $"{attempts} attempts");
        Assert.InRange((double)successes / attempts, 0.45, 0.75); // three standard deviations of a hundred attempts
        Assert.Null(Run(spending with { Adversaries = [] }).SpendAttempts);
    }

    [Fact]
    public void Spammer_EightTimesWhatUsersSend_IsOnTheChainAndNotInTheFiguresOfUsers()
    {
        Scenario spammed = Split() with
        {
            Load = new LoadPlan { Rate = 1, Fee = 10 },
            Adversaries = [new AdversaryPlan { Kind = AdversaryKind.Spammer, Rate = 8 }],
            Duration = TimeSpan.FromMinutes(2),
            Drain = TimeSpan.FromMinutes(3),
        };

        RunMeasures run = Run(spammed);
        RunMeasures left = Run(spammed with { Adversaries = [] });

        Assert.InRange(run.SpamRate!.Value, 4, 10);
        Assert.InRange(run.Sent, 80, 170); // one a second, of users only
        Assert.Equal(run.Sent, run.Inclusion.Count);
        Assert.True(Percentile.Of(run.Inclusion, 50) < 2 * Percentile.Of(left.Inclusion, 50));
        Assert.Null(left.SpamRate);
    }

    [Fact]
    public void Partition_OfARegion_ItsNodesForkAndComeBack()
    {
        Scenario split = Split(new FaultPlan
        {
            Kind = FaultKind.Partition,
            Regions = ["ca-central-1", "us-west-1"],
            At = TimeSpan.FromMinutes(1),
            For = TimeSpan.FromMinutes(5),
        });

        RunMeasures parted = Run(split);
        RunMeasures left = Run(split with { Faults = [] });

        Assert.True(parted.DeepestReorganisation > 3, $"{parted.DeepestReorganisation} blocks undone"); // four of ten nodes made some of them
        Assert.True(parted.Reorganisations >= left.Reorganisations + 4);
        Assert.True(left.DeepestReorganisation <= 2, $"{left.DeepestReorganisation} blocks undone without");
    }

    [Fact]
    public void Silence_OfRegionsWithMostPower_BlocksComeLess()
    {
        RunMeasures silent = Run(Split(new FaultPlan
        {
            Kind = FaultKind.Silence,
            Regions = ["ca-central-1", "us-west-1", "eu-central-1"],
            For = TimeSpan.FromMinutes(20),
        }));
        RunMeasures left = Run(Split());

        Assert.True(silent.BlockInterval > 1.3 * left.BlockInterval, $"{silent.BlockInterval} s and {left.BlockInterval} s");
        Assert.All(silent.Blocks.Where(static block => block.IsOnChain && block.Made > 1), static block => Assert.True(block.Producer % 5 > 2));
    }

    /// <summary>Blocks of the future, by two hours and more, are turned away until their time has come.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(180, true)]
    public void ClockAhead_OfMiners_CostsThemTheirBlocksBeyondTheLimit(int minutes, bool isBeyond)
    {
        RunMeasures ahead = Run(Split(new FaultPlan
        {
            Kind = FaultKind.ClockAhead,
            Percent = 40,
            By = TimeSpan.FromMinutes(minutes),
            For = TimeSpan.FromMinutes(20),
        }));

        Assert.Equal(isBeyond, ahead.StaleShare > 0.2);
    }

    /// <summary>To them all blocks are of the future, those that they could make on top included.</summary>
    [Fact]
    public void ClockBehind_ByMoreThanTheLimit_MakesNoBlocksUntilItIsRight()
    {
        RunMeasures behind = Run(Split(new FaultPlan
        {
            Kind = FaultKind.ClockBehind,
            Percent = 30,
            By = TimeSpan.FromHours(3),
            For = TimeSpan.FromMinutes(10),
        }));

        Assert.Null(behind.LivenessFault);
        Assert.True(behind.ChainBlocks > 60, $"{behind.ChainBlocks} blocks");
        Assert.Equal(7, behind.Blocks.Where(static block => block.Made is > 1 and < 590).Select(static block => block.Producer).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"faults": [{"kind": "partition", "regions": ["nowhere"]}]}""", "faults.regions")]
    [InlineData("""{"network": {"matrix": "wan-5"}, "faults": [{"kind": "clockAhead", "by": "0s"}]}""", "faults.by")]
    [InlineData("""{"adversaries": [{"kind": "doubleSpender", "confirmations": 0}]}""", "adversaries.confirmations")]
    [InlineData("""{"adversaries": [{"kind": "doubleSpender"}, {"kind": "selfishMiner"}]}""", "one miner")]
    public void Scenario_ThatCannotBe_SaysWhere(string json, string place)
    {
        Assert.False(ScenarioJson.TryRead(json, out _, out string problem));
        Assert.Contains(place, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OnThreads_SameDigest()
    {
        Scenario scenario = Eclipse with { Duration = TimeSpan.FromMinutes(3) };

        RunResult one = ScenarioRun.Run(scenario, scenario.Engines[0], new ProofOfWorkEngineEntry(), 3);
        RunResult other = ScenarioRun.Run(scenario, scenario.Engines[0], new ProofOfWorkEngineEntry(), 3, threads: 2);

        Assert.Equal(one.Digest, other.Digest);
    }

    /// <summary>Ten miners in five regions, two in each, for twenty minutes.</summary>
    private static Scenario Split(params FaultPlan[] faults) => new()
    {
        Engines = [new EngineChoice("pow")],
        Nodes = 10,
        Network = new NetworkPlan { Matrix = "wan-5" },
        Load = new LoadPlan { Rate = 0 },
        Faults = faults,
        Duration = TimeSpan.FromMinutes(20),
        Drain = TimeSpan.Zero,
        EncodesMessages = false,
    };

    private static RunMeasures Run(Scenario scenario, ulong seed = 1) => ScenarioRun.Run(scenario, scenario.Engines[0], new ProofOfWorkEngineEntry(), seed).Measures;
}
