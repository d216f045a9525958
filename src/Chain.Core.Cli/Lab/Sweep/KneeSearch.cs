using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Sweep;

/// <summary>
/// Looks for the highest rate that one engine keeps up with: doubles the rate until the engine falls behind, and then closes in
/// between the last rate that it kept up with and the next one. Which rates it tries follows from what came out, not from the machine.
/// </summary>
/// <param name="asked">What to run, with that engine.</param>
/// <param name="run">Runs scenarios side by side.</param>
internal sealed class KneeSearch(Scenario asked, Func<IReadOnlyList<Scenario>, Task<IReadOnlyList<Comparison>>> run)
{
    /// <summary>Rates that are run side by side; a number of its own, so that the rates tried are the same on every machine.</summary>
    private const int AtATime = 2;

    /// <summary>Rounds of closing in, each to a third of what is left: after two, rates are 8 % apart where they were doubled.</summary>
    private const int Rounds = 2;

    /// <summary>So many transactions tell a rate apart from one that is 5 % off.</summary>
    private const double EnoughTransactions = 10_000;

    /// <summary>And so many blocks, over the whole load.</summary>
    private const int EnoughBlocks = 10;

    /// <summary>The longest load for the sake of its transactions: low rates are far from the knee.</summary>
    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(30);

    private RateSweep _sweep = new([]);
    private TimeSpan _least = TimeSpan.FromSeconds(5);

    /// <summary>Whether each rate lasts as long as the scenario says. Else as long as it takes to tell, and the scenario's duration is the most.</summary>
    public bool KeepsDuration { get; init; }

    /// <summary>What is run at a rate.</summary>
    public Scenario At(double rate)
    {
        if (KeepsDuration)
        {
            return asked.WithRate(rate);
        }

        double seconds = Math.Ceiling(double.Max(_least.TotalSeconds, double.Min(EnoughTransactions / rate, LongestLoad.TotalSeconds)));
        return asked.WithRate(rate) with { Duration = TimeSpan.FromSeconds(double.Min(seconds, asked.Duration.TotalSeconds)) };
    }

    /// <summary>Searches.</summary>
    /// <param name="from">The lowest rate.</param>
    /// <param name="to">The highest one, where the engine keeps up so far.</param>
    public async Task<RateSweep> RunAsync(double from, double to)
    {
        foreach (double[] next in Doubled(from, to).Chunk(AtATime))
        {
            await TryAsync(next);
            if (next.Any(rate => !_sweep.KeepsUp(asked.Engines[0].ToString(), rate)))
            {
                break;
            }
        }

        for (int i = 0; i < Rounds; i++)
        {
            await TryAsync(_sweep.RatesAroundKnee(asked.Engines[0].ToString()));
        }

        return _sweep;
    }

    private async Task TryAsync(IReadOnlyList<double> rates)
    {
        if (rates.Count == 0)
        {
            return;
        }

        IReadOnlyList<Comparison> points = await run([.. rates.Select(At)]);
        if (_sweep.Points.Count == 0 && !KeepsDuration && NeededFor(points[0]) is var needed && needed > points[0].Scenario.Duration)
        {
            // The engine is slow: blocks are too rare to tell anything. The first rate says so for all.
            _least = needed;
            points = await run([.. rates.Select(At)]);
        }

        _sweep = new RateSweep([.. _sweep.Points, .. points]);
    }

    /// <summary>How long it takes until there are enough blocks.</summary>
    private TimeSpan NeededFor(Comparison point)
    {
        double seconds = point.Runs.Max(static run => run.Measures.BlockInterval) * EnoughBlocks ?? double.MaxValue;
        return TimeSpan.FromSeconds(double.Min(seconds, asked.Duration.TotalSeconds));
    }

    private static IEnumerable<double> Doubled(double from, double to)
    {
        for (double rate = from; rate < to; rate *= 2)
        {
            yield return rate;
        }

        yield return to;
    }
}
