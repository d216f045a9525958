namespace Chain.Core.Simulation;

/// <summary>
/// Every scenario of a size, by number: in each of the first views one leader, and one way to split the nodes into at most so
/// many groups (Bano et al., <em>Twins: BFT systems made robust</em>, 2020). Numbers are walked with a stride that is prime to
/// their count, so that any part of the walk is spread over all of them, and no scenario comes twice before all came.
/// </summary>
public sealed class TwinsEnumeration
{
    private const ulong Stride = 0x9E37_79B9_7F4A_7C15;

    private readonly int _validators;
    private readonly int _twins;
    private readonly int _views;
    private readonly UInt128 _stride;
    private readonly List<int[]> _splits;

    /// <summary>The scenarios of a size.</summary>
    /// <param name="validators">How many validators there are.</param>
    /// <param name="twins">How many of them, the first ones, run twice with one key.</param>
    /// <param name="views">In how many views the nodes are split.</param>
    /// <param name="maxGroups">Into how many groups at most.</param>
    public TwinsEnumeration(int validators, int twins, int views, int maxGroups)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(validators);
        ArgumentOutOfRangeException.ThrowIfNegative(twins);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(twins, validators);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(views);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxGroups);
        _validators = validators;
        _twins = twins;
        _views = views;
        _splits = Splits(validators + twins, maxGroups);
        Count = 1;
        for (int i = 0; i < views; i++)
        {
            Count *= (UInt128)(_splits.Count * validators);
        }

        _stride = Stride;
        while (CommonDivisor(_stride, Count) != 1)
        {
            _stride++;
        }
    }

    /// <summary>How many scenarios there are.</summary>
    public UInt128 Count { get; }

    /// <summary>The n-th scenario of the walk.</summary>
    public TwinsSchedule this[ulong step]
    {
        get
        {
            UInt128 number = step * (_stride % Count) % Count;
            var leaders = new int[_views];
            var groups = new int[_views][];
            for (int i = 0; i < _views; i++)
            {
                leaders[i] = (int)(number % (UInt128)_validators);
                number /= (UInt128)_validators;
                groups[i] = _splits[(int)(number % (UInt128)_splits.Count)];
                number /= (UInt128)_splits.Count;
            }

            return new TwinsSchedule(_validators, _twins, leaders, groups);
        }
    }

    /// <summary>The set partitions of the nodes: a node is in a group before it or opens the next one.</summary>
    private static List<int[]> Splits(int nodes, int maxGroups)
    {
        List<int[]> splits = [[0]];
        for (int node = 1; node < nodes; node++)
        {
            splits = [.. splits.SelectMany(split => Enumerable
                .Range(0, int.Min(split.Max() + 2, maxGroups))
                .Select(group => (int[])[.. split, group]))];
        }

        return splits;
    }

    private static UInt128 CommonDivisor(UInt128 one, UInt128 other)
    {
        while (other != 0)
        {
            (one, other) = (other, one % other);
        }

        return one;
    }
}
