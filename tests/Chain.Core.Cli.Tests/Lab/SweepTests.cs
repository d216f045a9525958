namespace Chain.Core.Cli.Tests.Lab;

/// <summary>Growing rates up to what blocks of a chain can hold.</summary>
public sealed class SweepTests : IDisposable
{
    private const string Small = "--engines pos:pause=1s --size 60000 --rate 4..256 --nodes 4 --network lan --seed 1 --duration 10s --warmup 2s --drain 2s";

    private readonly string _folder = Directory.CreateTempSubdirectory("sweep").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sweep_BlocksThatFill_FindsTheKneeAndDrawsIt_TheSameOnOneCore()
    {
        (int exit, string output, string errors) = Tool.Run(["lab", "sweep", .. Small.Split(' '), "--out", _folder]);
        Assert.True(exit == 0, errors);
        Assert.Contains("the knee is at", output, StringComparison.Ordinal);
        Assert.DoesNotContain(" 256 offered", output, StringComparison.Ordinal);
        string report = File.ReadAllText(Assert.Single(Directory.GetFiles(_folder, "report.html", SearchOption.AllDirectories)));
        Assert.Contains("Throughput against rate", report, StringComparison.Ordinal);
        Assert.Contains("class=\"hollow\"", report, StringComparison.Ordinal);

        (_, string again, _) = Tool.Run(["lab", "sweep", .. Small.Split(' '), "--no-files", "--parallel", "1", "--threads", "2"]);

        Assert.Equal(Lines(output), Lines(again));
    }

    private static string[] Lines(string output) => [.. output.Split('\n').Where(static line => line.StartsWith(" pos", StringComparison.Ordinal))];
}
