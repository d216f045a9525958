namespace Chain.Core.Ledger;

/// <summary>Counts what is in memory of a state, and drops the deepest pages where it is too much.</summary>
internal sealed class ResidentNodes
{
    private readonly List<long> _byPageDepth = [];

    /// <summary>Keeps the upper levels, which every key needs, until half of the room is free again.</summary>
    /// <returns>How many nodes are left.</returns>
    public static long Trim(ModuleTree[] modules, long maxNodes)
    {
        var nodes = new ResidentNodes();
        foreach (ModuleTree module in modules)
        {
            nodes.Count(module.Tree.Top, 0);
        }

        long all = nodes._byPageDepth.Sum();
        if (all <= maxNodes - (maxNodes / 4))
        {
            return all;
        }

        long left = 0;
        int kept = 0;
        while (kept < nodes._byPageDepth.Count && left + nodes._byPageDepth[kept] <= maxNodes / 2)
        {
            left += nodes._byPageDepth[kept++];
        }

        foreach (ModuleTree module in modules)
        {
            Unload(module.Tree.Top, 0, kept);
        }

        return left;
    }

    private void Count(StateNode? node, int pageDepth)
    {
        if (node is null)
        {
            return;
        }

        if (node is StateStub stub)
        {
            pageDepth++;
            node = stub.InMemory;
        }

        while (_byPageDepth.Count <= pageDepth)
        {
            _byPageDepth.Add(0);
        }

        _byPageDepth[pageDepth]++;
        if (node is StateInner inner)
        {
            Count(inner.Left, pageDepth);
            Count(inner.Right, pageDepth);
        }
    }

    private static void Unload(StateNode? node, int pageDepth, int kept)
    {
        if (node is StateStub stub)
        {
            pageDepth++;
            node = stub.InMemory;
            if (pageDepth >= kept)
            {
                stub.Unload();
                return;
            }
        }

        if (node is StateInner inner)
        {
            Unload(inner.Left, pageDepth, kept);
            Unload(inner.Right, pageDepth, kept);
        }
    }
}
