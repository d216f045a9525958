namespace Chain.Core.Benchmarks.Ratios;

/// <summary>
/// Measures both sides in alternating rounds of one process: each pair of neighbouring rounds gives a ratio, and
/// the median of the ratios is the figure, so that a busy or throttled machine slows both.
/// </summary>
internal sealed class RatioMeter(RatioClock clock)
{
    private const int Pairs = 9;
    private const double RoundSeconds = 0.05;

    public RatioFigure Measure(RatioCase figure, Contest contest) =>
        contest.Sizes is { } sizes ? new RatioFigure(sizes.Ours, sizes.Peer, sizes.Ours / sizes.Peer)
        : figure.Required is { } required ? MeasureAlone(figure, contest, required)
        : MeasureBoth(figure, contest);

    private RatioFigure MeasureAlone(RatioCase figure, Contest contest, double required)
    {
        int calls = WarmUp(figure, contest.Ours);
        var times = new double[Pairs];
        for (int round = 0; round < Pairs; round++)
        {
            times[round] = Time(contest.Ours, calls);
        }

        double time = Median(times);
        return new RatioFigure(
            figure.UnitsPerCall / time, required, figure.Target.RatioOf(time, figure.UnitsPerCall / required));
    }

    private RatioFigure MeasureBoth(RatioCase figure, Contest contest)
    {
        int ourCalls = WarmUp(figure, contest.Ours);
        int peerCalls = WarmUp(figure, contest.Peer);
        var ours = new double[Pairs];
        var peer = new double[Pairs];
        var ratios = new double[Pairs];
        for (int pair = 0; pair < Pairs; pair++)
        {
            // Who runs first changes from pair to pair: neither side always meets the other's caches.
            bool oursFirst = pair % 2 == 0;
            ours[pair] = oursFirst ? Time(contest.Ours, ourCalls) : 0;
            peer[pair] = Time(contest.Peer, peerCalls);
            ours[pair] = oursFirst ? ours[pair] : Time(contest.Ours, ourCalls);
            ratios[pair] = figure.Target.RatioOf(ours[pair], peer[pair]);
        }

        return new RatioFigure(
            figure.UnitsPerCall / Median(ours), figure.UnitsPerCall / Median(peer), Median(ratios));
    }

    /// <summary>Runs until it is warm; answers how many calls fill a round.</summary>
    private int WarmUp(RatioCase figure, Action side)
    {
        double start = clock.Seconds();
        int calls = 1;
        double round;
        do
        {
            round = Time(side, calls) * calls;
            calls = round < RoundSeconds ? calls * 2 : calls;
        }
        while (clock.Seconds() - start < figure.WarmUpSeconds || round < RoundSeconds);
        return calls;
    }

    /// <summary>Seconds per call.</summary>
    private double Time(Action side, int calls)
    {
        double start = clock.Seconds();
        for (int i = 0; i < calls; i++)
        {
            side();
        }

        return (clock.Seconds() - start) / calls;
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
