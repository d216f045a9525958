namespace Chain.Core.Simulation;

/// <summary>How long a message takes between regions. Immutable.</summary>
public sealed class LatencyMatrix
{
    private readonly TimeSpan[] _oneWay;

    /// <summary>A matrix from round trips, of which a message takes half.</summary>
    /// <param name="name">A name for people.</param>
    /// <param name="source">Where the figures come from.</param>
    /// <param name="regions">The names of the regions.</param>
    /// <param name="roundTripMilliseconds">Row by row, from region to region; the diagonal is within a region. None is negative.</param>
    /// <exception cref="ArgumentException">The figures are not as many as pairs of regions.</exception>
    public LatencyMatrix(string name, string source, IReadOnlyList<string> regions, IReadOnlyList<double> roundTripMilliseconds)
    {
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(roundTripMilliseconds);
        if (regions.Count == 0 || roundTripMilliseconds.Count != regions.Count * regions.Count || roundTripMilliseconds.Any(static each => !(each >= 0)))
        {
            throw new ArgumentException($"{regions.Count} regions need {regions.Count * regions.Count} round trips, none negative.", nameof(roundTripMilliseconds));
        }

        Name = name;
        Source = source;
        Regions = [.. regions];
        _oneWay = [.. roundTripMilliseconds.Select(static each => TimeSpan.FromMicroseconds(Math.Round(each * 500)))];
    }

    /// <summary>A name for people.</summary>
    public string Name { get; }

    /// <summary>Where the figures come from.</summary>
    public string Source { get; }

    /// <summary>The names of the regions.</summary>
    public IReadOnlyList<string> Regions { get; }

    /// <summary>How many regions there are.</summary>
    public int Count => Regions.Count;

    /// <summary>The shortest time that a message takes.</summary>
    internal TimeSpan Shortest => _oneWay.Min();

    /// <summary>The matrix of some of its regions.</summary>
    /// <exception cref="ArgumentException">There is no such region.</exception>
    public LatencyMatrix Only(IReadOnlyList<string> regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        int[] places = [.. regions.Select(region => Regions.ToList().IndexOf(region))];
        return places.Contains(-1)
            ? throw new ArgumentException($"{Name} has the regions {string.Join(", ", Regions)}.", nameof(regions))
            : new LatencyMatrix(Name, Source, regions, [.. places.SelectMany(from => places.Select(to => 2 * OneWay(from, to).TotalMilliseconds))]);
    }

    /// <summary>How long a message takes from one region to another.</summary>
    public TimeSpan OneWay(int from, int to) => _oneWay[(from * Regions.Count) + to];
}
