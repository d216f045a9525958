using Chain.Core.Testing;

namespace Chain.Core.Node.Tests.Soaking;

/// <summary>
/// FAULTS row 51: processes that nobody disturbs, with clients of every kind, by the program that also runs for hours. In the short
/// run no slope can be told: it asks for descriptors and threads that stay, answers that are right and no unobserved exception.
/// </summary>
public sealed class QuietTests
{
    /// <summary>8 hours with a factor of 1, after as many payments as a node remembers.</summary>
    private static string[] Size => LongRun.Factor == 0
        ? ["--duration", "30s", "--pause", "2s"]
        : ["--duration", $"{8 * LongRun.Factor}h", "--pause", "8s", "--fill", "135000"];

    [Fact]
    [Trait("Fault", "51")]
    public async Task Fault51_QuietFleetWithClients_HoldsNothingMore()
    {
        (int exit, string told) = await SoakProgram.RunAsync(["quiet", .. Size]);

        Assert.True(exit == 0, told);
        Assert.Contains("violations 0", told, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Fault", "51")]
    public async Task Fault51_NodeThatLeaks_IsFound()
    {
        (int exit, string told) = await SoakProgram.RunAsync("quiet", "--leak", "yes", "--duration", "24s", "--pause", "2s");

        Assert.Equal(1, exit);
        Assert.Contains("CC2022 a task failed and nobody looked at it, InvalidOperationException: planted", told, StringComparison.Ordinal);
        Assert.Contains("VIOLATION managed memory of node 0 grows by", told, StringComparison.Ordinal);
        Assert.Matches("VIOLATION node 0 has [0-9]+ descriptors more", told);
        Assert.DoesNotContain("VIOLATION managed memory of node 1", told, StringComparison.Ordinal);
    }
}
