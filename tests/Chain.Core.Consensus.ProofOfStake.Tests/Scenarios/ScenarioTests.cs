using Chain.Core.Testing;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>FAULTS row 34: seeds of validators, stakes, networks and faults. <see cref="MutantTests"/> shows what they find.</summary>
public sealed class ScenarioTests
{
    /// <summary>20,000 with a factor of 20.</summary>
    [Fact]
    [Trait("Fault", "34")]
    public void Fault34_FewerThanAThirdFaulty_NeverForkAndGoOn() => Assert.Null(Hunts.Scenarios(first: 1, LongRun.Count(200, 1_000)));
}
