using System.Diagnostics;
using Xunit.Abstractions;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>The tests of the tests: with one guard taken out of the sources, each hunt finds a fault.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Mutant.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Mutant_Planted_IsFound(string name)
    {
        var watch = Stopwatch.StartNew();

        string? fault = Mutant.All[name].Run();

        Assert.True(fault is not null, $"{name} was not found");
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s, {fault}");
    }

    [Fact]
    public void Sources_Unchanged_NothingIsFound()
    {
        var none = new Patch("Chain.Core.Consensus.ProofOfStake/Validators/StakeTable.cs", "3 * stake > 2 * Total", "3 * stake > 2 * Total");

        Assert.Null(new MutantContext([none]).Hunt(nameof(Hunts.Twins), 4, 1, 4, 3, true, 0L, 20));
    }
}
