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
        ? ["--duration", "16s", "--pause", "1s"]
        : ["--duration", $"{8 * LongRun.Factor}h", "--pause", "8s", "--fill", "135000"];

    [Fact]
    [Trait("Fault", "51")]
    public async Task Fault51_QuietFleetWithClients_HoldsNothingMore()
    {
        (int exit, string told) = await SoakProgram.RunAsync(["quiet", .. Size]);

        Assert.True(exit == 0, told);
        Assert.Contains("violations 0", told, StringComparison.Ordinal);
    }
}
