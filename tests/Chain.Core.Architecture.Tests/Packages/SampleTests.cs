namespace Chain.Core.Architecture.Tests.Packages;

/// <summary>What samples promise.</summary>
public sealed class SampleTests
{
    [Fact]
    public void CustomChain_WholeProgram_FitsAHundredLines()
    {
        string[] files = Directory.GetFiles(Path.Combine(Repository.Root, "samples", "CustomChain"), "*.cs");

        Assert.InRange(files.Sum(file => File.ReadLines(file).Count()), 1, 100);
    }

    /// <summary>QuickStart is a demonstration of everything, and no example to copy.</summary>
    [Fact]
    public void Samples_ButQuickStart_HaveAtMost200LinesEach()
    {
        string[] samples = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "samples")).Where(static folder => Path.GetFileName(folder) != "QuickStart")];

        Assert.True(samples.Length >= 6);
        Assert.All(samples, static folder => Assert.InRange(Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Sum(static file => File.ReadLines(file).Count()), 1, 200));
    }
}
