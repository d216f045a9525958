using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>FAULTS row 34: systematic schedules with twins, and planted bugs that they must find.</summary>
public sealed class TwinsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(4, 1, 4, 3)]
    [InlineData(7, 2, 4, 2)]
    public void Twins_FewerThanAThird_NeverForkAndGoOn(int validators, int twins, int views, int groups)
    {
        var generator = new TwinsGenerator(validators, twins, views, groups);
        ulong count = (ulong)LongRun.Count(150, 100);
        for (ulong i = 0; i < count; i++)
        {
            TwinsScenario scenario = generator.At(i);
            StakeNetwork network = scenario.Run(EngineVariant.Correct, guarded: true);
            Assert.True(network.Forks.Count == 0, $"scenario {i}: {string.Join("; ", network.Forks)}");
            Assert.True(scenario.IsLive(network), $"scenario {i}: {network.Describe()}");
        }
    }

    public static TheoryData<string> Mutants => [.. Planted.Keys];

    [Theory]
    [MemberData(nameof(Mutants))]
    public void Twins_PlantedBug_IsFound(string bug)
    {
        (EngineVariant variant, int validators, bool guarded) = Planted[bug];
        var generator = new TwinsGenerator(validators, 1, 4, 3);
        for (ulong i = 0; i < 3_000; i++)
        {
            TwinsScenario scenario = generator.At(i);
            StakeNetwork network = scenario.Run(variant, guarded);
            if (network.Forks.Count > 0 || !scenario.IsLive(network))
            {
                output.WriteLine($"{bug}: scenario {i}, {(network.Forks.Count > 0 ? network.Forks[0] : network.Describe())}");
                return;
            }
        }

        Assert.Fail($"{bug} was not found");
    }

    private static Dictionary<string, (EngineVariant Variant, int Validators, bool Guarded)> Planted { get; } = new()
    {
        ["half is a quorum"] = (new EngineVariant { NeedsOnlyHalf = true }, 4, true),
        ["counts a validator twice"] = (new EngineVariant { CountsTwice = true }, 4, true),
    };
}
