using System.Globalization;
using Chain.Core.App;
using Chain.Core.Cli.Lab.Run;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Tests.Lab;

/// <summary>Long work says how far it is: a line that changes on a terminal, plain lines elsewhere.</summary>
public sealed class ProgressLinesTests : IDisposable
{
    private readonly Clock _clock = new();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly Scenario _scenario = new() { Name = "test", Engines = [new EngineChoice("pow")], Seeds = [1, 2] };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Tell_OnATerminal_ChangesOneLineWithABarPercentRateAndTimeLeft()
    {
        var progress = new ProgressLines([_scenario], _output, isTerminal: true, _clock);

        Tell(progress, seconds: 6, seed: 1, part: 1, events: 12_000_000);
        Tell(progress, seconds: 8, seed: 2, part: 0.5, events: 4_000_000);

        string[] lines = _output.ToString().Split(ProgressBar.Clear);
        Assert.StartsWith(" [##########..........]  50 %  1 of 2 runs, 2.00 M events/s, 6 s left", lines[1], StringComparison.Ordinal);
        Assert.StartsWith(" [###############.....]  75 %  1 of 2 runs, 2.00 M events/s, 3 s left", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain('\n', _output.ToString());
    }

    [Fact]
    public void Tell_Elsewhere_WritesAPlainLineNowAndThen()
    {
        var progress = new ProgressLines([_scenario], _output, isTerminal: false, _clock);

        Tell(progress, seconds: 1, seed: 1, part: 0.1, events: 1_000_000);
        Assert.Equal("", _output.ToString());
        Tell(progress, seconds: 10, seed: 1, part: 1, events: 10_000_000);
        Tell(progress, seconds: 11, seed: 2, part: 0.1, events: 1_000_000);
        progress.End();

        Assert.Equal($"  50 %  1 of 2 runs, 1.00 M events/s, 10 s left{Environment.NewLine}", _output.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reproduce_Rows_StandAboveABarOnATerminalOnly(bool isTerminal)
    {
        var terminal = new Terminal { Output = _output, Errors = TextWriter.Null, IsInteractive = isTerminal };

        Assert.Equal(0, await Program.App().RunAsync(["lab", "reproduce", "finality", "--rows", "1"], terminal));

        string said = _output.ToString();
        Assert.Equal(isTerminal, said.Contains("[....................] 0 of 1 rows", StringComparison.Ordinal));
        Assert.Equal(isTerminal, said.Contains("[####################] 1 of 1 rows", StringComparison.Ordinal));
        Assert.Equal(3, said.Split('\n').Count(static line => line.Replace(ProgressBar.Clear, "", StringComparison.Ordinal).StartsWith('|') || line.Contains($"{ProgressBar.Clear}|", StringComparison.Ordinal)));
    }

    private void Tell(ProgressLines progress, int seconds, ulong seed, double part, long events)
    {
        _clock.Seconds = seconds;
        progress.Tell(new RunProgress(_scenario, _scenario.Engines[0], seed, part, events));
    }

    private sealed class Clock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
