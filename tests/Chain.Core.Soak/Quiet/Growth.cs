using System.Globalization;
using Chain.Core.Testing;

namespace Chain.Core.Soak.Quiet;

/// <summary>The figures of one node over time, and whether something grows that must not.</summary>
internal sealed class Growth(int node, TimeSpan warmUp)
{
    private const double Megabyte = 1 << 20;
    private const double MaxMegabytesAnHour = 1;
    private const int DescriptorNoise = 8; // clients that are just there
    private const int ThreadNoise = 16; // the pool takes some more and gives them back

    // A short run cannot tell a slope from what caches and buffers take once.
    private const double ManagedNoise = 4;
    private const double ResidentNoise = 24;
    private const double LongHours = 3;
    private const double HoursToTell = 0.2;

    private readonly List<(TimeSpan At, NodeFigures Figures)> _taken = [];

    private IReadOnlyList<(TimeSpan At, NodeFigures Figures)> Warm => [.. _taken.Where(each => each.At >= warmUp)];

    public void Add(TimeSpan at, NodeFigures figures) => _taken.Add((at, figures));

    /// <summary>What was measured last, how it grows since the warm-up, and what the time since the measurement before cost, for the log.</summary>
    public string Describe()
    {
        (TimeSpan at, NodeFigures last) = _taken[^1];
        (TimeSpan since, TimeSpan cpu) = _taken.Count > 1 ? (_taken[^2].At, _taken[^2].Figures.Cpu) : default;
        string slopes = HoursFitted < HoursToTell ? "" : string.Create(
            CultureInfo.InvariantCulture, $" (managed {ManagedSlope:+0.000;-0.000} MB/h, resident {ResidentSlope:+0.00;-0.00} MB/h over {HoursFitted:F1} h)");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"node {node}: managed {last.Managed / Megabyte:F2} MB, resident {last.Resident / Megabyte:F1} MB{slopes}, {last.Descriptors} descriptors and {last.StoreFiles} of the store, {last.Threads} threads, {100 * (last.Cpu - cpu) / (at - since):F2} % of a core");
    }

    public IEnumerable<string> Violations()
    {
        if (IsTooSteep(ManagedSlope, ManagedNoise))
        {
            yield return Grows("managed memory", ManagedSlope);
        }

        if (IsTooSteep(ResidentSlope, ResidentNoise))
        {
            yield return Grows("resident memory", ResidentSlope);
        }

        if (Risen(static figures => figures.Descriptors) > DescriptorNoise)
        {
            yield return $"node {node} has {Risen(static figures => figures.Descriptors)} descriptors more than after the warm-up";
        }

        if (Risen(static figures => figures.Threads) > ThreadNoise)
        {
            yield return $"node {node} has {Risen(static figures => figures.Threads)} threads more than after the warm-up";
        }
    }

    private double ManagedSlope => SlopeOf(static figures => figures.Managed);

    private double ResidentSlope => SlopeOf(static figures => figures.Resident);

    private double SlopeOf(Func<NodeFigures, long> figure) => Slope.MedianOf([.. Warm.Select(each => (each.At.TotalHours, figure(each.Figures) / Megabyte))]);

    private double HoursFitted => Warm.Count < 2 ? 0 : (Warm[^1].At - Warm[0].At).TotalHours;

    private bool IsTooSteep(double slope, double noise) =>
        slope > MaxMegabytesAnHour && (HoursFitted >= LongHours || slope * HoursFitted > noise);

    private string Grows(string what, double slope) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} of node {node} grows by {slope:F3} MB an hour, over {HoursFitted:F3} hours");

    /// <summary>How much the median of the last quarter is above that of the first.</summary>
    private int Risen(Func<NodeFigures, int> figure)
    {
        int quarter = Math.Max(1, Warm.Count / 4);
        return Warm.Count == 0 ? 0 : Median(Warm.TakeLast(quarter), figure) - Median(Warm.Take(quarter), figure);
    }

    private static int Median(IEnumerable<(TimeSpan At, NodeFigures Figures)> part, Func<NodeFigures, int> figure)
    {
        int[] sorted = [.. part.Select(each => figure(each.Figures)).Order()];
        return sorted[sorted.Length / 2];
    }
}
