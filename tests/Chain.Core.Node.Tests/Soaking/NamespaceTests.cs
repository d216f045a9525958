using Chain.Core.Testing;

namespace Chain.Core.Node.Tests.Soaking;

/// <summary>FAULTS row 50: real processes in network namespaces, by the program that also runs for hours.</summary>
public sealed class NamespaceTests
{
    /// <summary>An hour with a factor of 1.</summary>
    private static int Seconds => LongRun.Count(24, 3600);

    [CommandFact("unshare --net true", "ip -V", "tc -V", "nft --version")]
    [Trait("Fault", "50")]
    public async Task Fault50_SevenValidatorsWithSplitsLossAndKills_NeverForkAndAgreeInTime()
    {
        (int exit, string told) = await SoakProgram.RunAsync(
            "namespaces", "--nodes", "7", "--rate", "20", "--seed", "50", "--duration", $"{Seconds}s");

        Assert.True(exit == 0, told);
        Assert.Contains("violations 0", told, StringComparison.Ordinal);
    }
}
