using System.Globalization;
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
    public void Tell_OnATerminal_ChangesOneLineWithPercentRateAndTimeLeft()
    {
        var progress = new ProgressLines([_scenario], _output, isTerminal: true, _clock);

        Tell(progress, seconds: 6, seed: 1, part: 1, events: 12_000_000);
        Tell(progress, seconds: 8, seed: 2, part: 0.5, events: 4_000_000);

        string[] lines = _output.ToString().Split('\r');
        Assert.StartsWith("  50 %  1 of 2 runs, 2.00 M events/s, 6 s left", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("  75 %  1 of 2 runs, 2.00 M events/s, 3 s left", lines[2], StringComparison.Ordinal);
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
