using System.Globalization;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Run;

/// <summary>How far a comparison is: one line that changes on a terminal, a line now and then elsewhere.</summary>
internal sealed class ProgressLines
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<(Scenario, string, ulong), RunProgress> _runs = [];
    private readonly int _count;
    private readonly TextWriter _output;
    private readonly bool _isTerminal;
    private readonly TimeProvider _time;
    private readonly long _started;
    private TimeSpan _last = TimeSpan.Zero;

    public ProgressLines(IReadOnlyList<Scenario> scenarios, TextWriter output)
        : this(scenarios, output, ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected, TimeProvider.System)
    {
    }

    /// <summary>The same where it is said whether the output is a terminal, and what time it is.</summary>
    internal ProgressLines(IReadOnlyList<Scenario> scenarios, TextWriter output, bool isTerminal, TimeProvider time)
    {
        _count = scenarios.Sum(static scenario => scenario.Engines.Count * scenario.Seeds.Count);
        _output = output;
        _isTerminal = isTerminal;
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>Takes in how far a run is; from any thread.</summary>
    public void Tell(RunProgress progress)
    {
        lock (_gate)
        {
            _runs[(progress.Scenario, progress.Engine.ToString(), progress.Seed)] = progress;
            TimeSpan now = _time.GetElapsedTime(_started);
            if (now - _last >= (_isTerminal ? OnTerminal : Elsewhere))
            {
                _last = now;
                Print(now);
            }
        }
    }

    /// <summary>Makes room for what is printed next.</summary>
    public void End()
    {
        if (_isTerminal)
        {
            _output.Write(ProgressBar.Clear);
        }
    }

    private void Print(TimeSpan now)
    {
        double part = _runs.Values.Sum(static run => run.Part) / _count;
        long events = _runs.Values.Sum(static run => run.Events);
        string left = part > 0.02 ? string.Create(CultureInfo.InvariantCulture, $", {now.TotalSeconds * (1 - part) / part:0} s left") : "";
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $" {100 * part,3:0} %  {_runs.Values.Count(static run => run.Part >= 1)} of {_count} runs, {events / 1e6 / now.TotalSeconds:0.00} M events/s{left}");
        if (_isTerminal)
        {
            _output.Write($"{ProgressBar.Clear} {ProgressBar.Of(part)}{line}");
        }
        else
        {
            _output.WriteLine(line);
        }
    }
}
