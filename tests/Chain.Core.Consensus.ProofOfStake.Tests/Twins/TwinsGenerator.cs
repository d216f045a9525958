namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>
/// Every scenario of a size has a number: in each view one leader and one way to split the nodes into at most
/// <paramref name="maxGroups"/> groups. Numbers are walked with a stride that is prime to their count, so that any part
/// of the walk is spread over all of them.
/// </summary>
internal sealed class TwinsGenerator(int validators, int twins, int views, int maxGroups)
{
    private readonly List<int[]> _splits = Splits(validators + twins, maxGroups);

    /// <summary>How many scenarios there are.</summary>
    public UInt128 Count
    {
        get
        {
            UInt128 count = 1;
            for (int i = 0; i < views; i++)
            {
                count *= (UInt128)(_splits.Count * validators);
            }

            return count;
        }
    }

    /// <summary>The n-th scenario of the walk.</summary>
    public TwinsScenario At(ulong step)
    {
        UInt128 number = (UInt128)step * 0x9E37_79B9_7F4A_7C15 % Count;
        var leaders = new int[views];
        var groups = new int[views][];
        for (int i = 0; i < views; i++)
        {
            leaders[i] = (int)(number % (UInt128)validators);
            number /= (UInt128)validators;
            groups[i] = _splits[(int)(number % (UInt128)_splits.Count)];
            number /= (UInt128)_splits.Count;
        }

        return new TwinsScenario(validators, twins, leaders, groups);
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
}
