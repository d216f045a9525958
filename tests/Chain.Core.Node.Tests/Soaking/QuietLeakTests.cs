namespace Chain.Core.Node.Tests.Soaking;

/// <summary>Whether the measure of row 51 measures: a fleet of which one node leaks memory, descriptors and faults of tasks.</summary>
public sealed class QuietLeakTests
{
    [Fact]
    [Trait("Fault", "51")]
    public async Task Fault51_NodeThatLeaks_IsFound()
    {
        (int exit, string told) = await SoakProgram.RunAsync("quiet", "--leak", "yes", "--duration", "16s", "--pause", "1s");

        Assert.Equal(1, exit);
        Assert.Contains("CC2022 a task failed and nobody looked at it, InvalidOperationException: planted", told, StringComparison.Ordinal);
        Assert.Contains("VIOLATION managed memory of node 0 grows by", told, StringComparison.Ordinal);
        Assert.Matches("VIOLATION node 0 has [0-9]+ descriptors more", told);
        Assert.DoesNotContain("VIOLATION managed memory of node 1", told, StringComparison.Ordinal);
    }
}
