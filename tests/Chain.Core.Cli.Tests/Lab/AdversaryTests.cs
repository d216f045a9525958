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

    [Fact]
    public void Run_OnThreads_SameDigest()
    {
        Scenario scenario = Eclipse with { Duration = TimeSpan.FromMinutes(3) };

        RunResult one = ScenarioRun.Run(scenario, scenario.Engines[0], new ProofOfWorkEngineEntry(), 3);
        RunResult other = ScenarioRun.Run(scenario, scenario.Engines[0], new ProofOfWorkEngineEntry(), 3, threads: 2);

        Assert.Equal(one.Digest, other.Digest);
    }

    private static RunMeasures Run(Scenario scenario, ulong seed = 1) => ScenarioRun.Run(scenario, scenario.Engines[0], new ProofOfWorkEngineEntry(), seed).Measures;
}
