using Chain.Core.Testing;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>FAULTS rows 34, 35, 36 and 38 by seed. <see cref="MutantTests"/> shows what they find.</summary>
public sealed class ScenarioTests
{
    /// <summary>20,000 with a factor of 20.</summary>
    [Fact]
    [Trait("Fault", "34")]
    public void Fault34_FewerThanAThirdFaulty_NeverForkAndGoOn() => Assert.Null(Hunts.Scenarios(LongRun.First(1), LongRun.Count(120, 1_000)));

    /// <summary>Half of the stake runs twice: some schedules fork.</summary>
    [Fact]
    [Trait("Fault", "35")]
    public void Fault35_AThirdOrMoreFaulty_EveryForkNamesAThird() => Assert.Null(Hunts.Accountability(LongRun.First(400), LongRun.Count(150, 5_000)));

    /// <summary>100,000 with a factor of 100.</summary>
    [Fact]
    [Trait("Fault", "36")]
    public void Fault36_LossAndPartitionThenCalm_FinalWithinFiveTimeouts() => Assert.Null(Hunts.Liveness(LongRun.First(1), LongRun.Count(200, 1_000)));

    /// <summary>10,000 kills with a factor of 10.</summary>
    [Fact]
    [Trait("Fault", "38")]
    public void Fault38_KillsBeforeAnyEffect_NoDoubleSignature() =>
        Assert.Null(Hunts.Kills(LongRun.First(1), LongRun.Count(100, 1_000) / KillScenario.Kills));
}
