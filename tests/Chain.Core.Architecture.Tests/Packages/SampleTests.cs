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
}
