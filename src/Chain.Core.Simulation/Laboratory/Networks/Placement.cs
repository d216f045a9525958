namespace Chain.Core.Simulation.Laboratory;

/// <summary>Which region each node is in.</summary>
internal static class Placement
{
    /// <summary>The rows and columns of the matrix that the plan uses; null where it uses none.</summary>
    public static LatencyMatrix? RegionsOf(NetworkPlan plan)
    {
        LatencyMatrix? matrix = plan.Matrix is { } name ? PublishedLatencies.Find(name) : null;
        return matrix is null || plan.Regions.Count == 0 ? matrix : matrix.Only(plan.Regions);
    }

    /// <summary>The nodes that are in one of these regions.</summary>
    public static IEnumerable<int> NodesIn(Scenario scenario, IReadOnlyList<string> regions)
    {
        if (RegionsOf(scenario.Network) is not { } matrix)
        {
            return [];
        }

        int[] regionOf = Spread(scenario.Network, scenario.Nodes);
        return Enumerable.Range(0, scenario.Nodes).Where(node => regions.Contains(matrix.Regions[regionOf[node]]));
    }

    /// <summary>The region of each node, over all regions of a plan; 0 for all where it has none.</summary>
    public static int[] Spread(NetworkPlan plan, int nodes) => Spread(plan, RegionsOf(plan)?.Count ?? 1, nodes);

    /// <summary>In turn, or so that every beginning of the list of nodes is spread as the shares say, as far as whole nodes can be.</summary>
    public static int[] Spread(NetworkPlan plan, int regions, int nodes)
    {
        if (plan.RegionShares.Count == 0)
        {
            return [.. Enumerable.Range(0, nodes).Select(node => node % regions)];
        }

        double whole = plan.RegionShares.Sum();
        var placed = new int[regions];
        var regionOf = new int[nodes];
        for (int node = 0; node < nodes; node++)
        {
            int neediest = 0;
            for (int region = 1; region < regions; region++)
            {
                neediest = Lack(region) > Lack(neediest) ? region : neediest;
            }

            regionOf[node] = neediest;
            placed[neediest]++;

            double Lack(int region) => (plan.RegionShares[region] / whole * (node + 1)) - placed[region];
        }

        return regionOf;
    }
}
