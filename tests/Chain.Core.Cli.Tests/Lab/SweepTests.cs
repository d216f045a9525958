using System.Collections.Concurrent;
using System.Globalization;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Cli.Lab.Sweep;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Tests.Lab;

/// <summary>The knee of engines whose capacity is known, and once that of a real one.</summary>
public sealed class SweepTests : IDisposable
{
    private static readonly string[] Nothing = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("sweep").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(150)]
    [InlineData(700)]
    [InlineData(3_000)]
    [InlineData(12_345)]
    [InlineData(19_000)]
    public async Task RunAsync_CapacityIsKnown_KneeIsWithinATenthOfIt(double capacity)
    {
        var place = new KnownCapacity(("pos", capacity, TimeSpan.FromSeconds(0.3)));

        (RateSweep sweep, _) = await RunAsync(place, 100, 20_000);

        // 95 % of what is offered counts as kept up with.
        double knee = sweep.Knee("pos")!.Value;
        Assert.InRange(knee, 0.9 * capacity, capacity / 0.95);
        Assert.All(place.Asked, asked => Assert.True(asked.Load.Rate < 5 * capacity, $"{asked.Load.Rate} is far beyond the knee"));
    }

    [Fact]
    public async Task RunAsync_TwoEngines_EachStopsAtItsOwnKnee()
    {
        var place = new KnownCapacity(("pos", 9_000, TimeSpan.FromSeconds(0.3)), ("dev", 300, TimeSpan.FromSeconds(1)));

        (RateSweep sweep, string said) = await RunAsync(place, 100, 20_000);

        Assert.Equal(["pos", "dev"], sweep.Engines);
        Assert.InRange(sweep.Knee("pos")!.Value, 8_100, 9_500);
        Assert.InRange(sweep.Knee("dev")!.Value, 270, 320);
        Assert.DoesNotContain(place.Asked, static asked => asked.Engines.Any(static engine => engine.Name == "dev") && asked.Load.Rate > 1_600);
        Assert.Contains("falls behind", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_HighRates_LastNoLongerThanItTakesToTell()
    {
        var place = new KnownCapacity(("pos", 50_000, TimeSpan.FromSeconds(0.3)));

        (RateSweep sweep, string said) = await RunAsync(place, 100, 20_000);

        Assert.Equal("pos: keeps up with 20000 tx/s, the highest rate that was tried", sweep.DescribeKnee("pos"));
        Assert.Equal(TimeSpan.FromSeconds(30), place.Asked.First(static asked => asked.Load.Rate == 100).Duration);
        Assert.Equal(TimeSpan.FromSeconds(7), place.Asked.First(static asked => asked.Load.Rate == 1_600).Duration);
        Assert.Equal(TimeSpan.FromSeconds(5), place.Asked.First(static asked => asked.Load.Rate == 20_000).Duration);
        Assert.Contains("30s of load", said, StringComparison.Ordinal);
        Assert.Contains("5s of load", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SlowBlocks_LoadsLastTenOfThem()
    {
        var place = new KnownCapacity(("pow", 300, TimeSpan.FromSeconds(10)));

        (RateSweep sweep, _) = await RunAsync(place, 100, 20_000);

        Assert.InRange(sweep.Knee("pow")!.Value, 270, 320);
        Assert.All(sweep.Points, static point => Assert.Equal(TimeSpan.FromSeconds(100), point.Scenario.Duration));
    }

    [Fact]
    public async Task RunAsync_DurationIsGiven_IsKept()
    {
        var place = new KnownCapacity(("pow", 300, TimeSpan.FromSeconds(10)));

        (RateSweep sweep, string said) = await RunAsync(place, 100, 400, keepsDuration: true);

        Assert.All(sweep.Points, static point => Assert.Equal(Asked.Duration, point.Scenario.Duration));
        Assert.DoesNotContain("shorter", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LowestRateIsTooHigh_SaysSo()
    {
        (RateSweep sweep, _) = await RunAsync(new KnownCapacity(("pos", 50, TimeSpan.FromSeconds(0.3))), 100, 400);

        Assert.Equal("pos: keeps up with none of the rates", sweep.DescribeKnee("pos"));
    }

    [Fact]
    public void Run_ARealEngine_WritesWhatItFound()
    {
        (int exit, string output, string errors) = Tool.Run(
            "lab", "sweep", "--engines", "pos:pause=200ms", "--rate", "20..40", "--nodes", "4", "--network", "5ms", "--warmup", "2s", "--duration", "10s", "--out", _folder);

        Assert.True(exit == 0, errors);
        Assert.Contains("4 nodes (4 make blocks), 0 faults, 20 tx/s, 5ms links, seed 1, 10s of load, simulated time; up to 40 tx/s", output, StringComparison.Ordinal);
        Assert.Contains("keeps up with 40 tx/s, the highest rate that was tried", output, StringComparison.Ordinal);
        string results = Assert.Single(Directory.GetDirectories(_folder));
        Assert.Contains("pos(pause=200ms): keeps up with 40 tx/s", File.ReadAllText(Path.Combine(results, "report.html")), StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(Path.Combine(results, "sweep.csv"));
        Assert.StartsWith("rate,seconds,engine,committed_tps,steady_tps,", lines[0], StringComparison.Ordinal);
        Assert.Equal(["20,10,", "40,10,"], lines.Skip(1).Select(static line => line[..6]));
    }

    private static Scenario Asked { get; } = NamedScenarios.Default.WithSeeds(1, 2);

    private static async Task<(RateSweep Sweep, string Said)> RunAsync(KnownCapacity place, double from, double to, bool keepsDuration = false)
    {
        using var said = new StringWriter(CultureInfo.InvariantCulture);
        var runner = new ScenarioRunner(new EngineShelf().Engines) { Elsewhere = place };
        return (await SweepVerb.RunAsync(Asked.WithEngines(place.Engines), keepsDuration, from, to, runner, said, default), said.ToString());
    }

    /// <summary>Engines that commit what is offered up to a capacity.</summary>
    private sealed class KnownCapacity(params (string Engine, double Capacity, TimeSpan Interval)[] engines) : IRunPlace
    {
        public int Parallelism => 2;

        public ConcurrentQueue<Scenario> Asked { get; } = [];

        public string[] Engines => [.. engines.Select(static each => each.Engine)];

        public Task<RunResult> RunAsync(Scenario scenario, EngineChoice choice, ulong seed, CancellationToken cancelled)
        {
            Asked.Enqueue(scenario);
            (_, double capacity, TimeSpan interval) = engines.First(each => each.Engine == choice.Name);
            double seconds = scenario.Duration.TotalSeconds;
            int sent = (int)(scenario.Load.Rate * seconds);
            double committed = double.Min(scenario.Load.Rate, capacity);
            return Task.FromResult(new RunResult(choice, seed, "", [], 0, scenario.Duration, TimeSpan.Zero, Measures(sent, committed, interval), Nothing));
        }

        private static RunMeasures Measures(int sent, double committed, TimeSpan interval) => new()
        {
            Sent = sent,
            HeldBack = 0,
            Refused = 0,
            Final = 0,
            SteadyRate = committed,
            BlockInterval = interval.TotalSeconds,
            Inclusion = [],
            Finality = [],
            ChainBlocks = 0,
            ViewGaps = [],
            BlockFinality = [],
            Reorganisations = 0,
            DeepestReorganisation = 0,
            SpreadTo50 = [],
            SpreadTo90 = [],
            SpreadTo99 = [],
            Traffic = [],
            Fairness = [],
            Blocks = [],
            FinalOverTime = [],
        };
    }
}
