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
        switch (node)
        {
            case StateStub stub:
                Add(1, pageDepth + 1);
                Count(stub.InMemory, pageDepth);
                break;
            case StatePage page:
                Add(page.Nodes, pageDepth + 1);
                foreach (StateStub below in page.Below)
                {
                    Count(below, pageDepth + 1);
                }

                break;
            case StatePacked packed:
                Add(1, pageDepth);
                foreach (StateStub below in packed.BelowInPlace)
                {
                    Count(below, pageDepth);
                }

                break;
            case StateInner inner:
                Add(1, pageDepth);
                Count(inner.Left, pageDepth);
                Count(inner.Right, pageDepth);
                break;
            case StateLeaf:
                Add(1, pageDepth);
                break;
        }
    }

    private void Add(int nodes, int pageDepth)
    {
        while (_byPageDepth.Count <= pageDepth)
        {
            _byPageDepth.Add(0);
        }

        _byPageDepth[pageDepth] += nodes;
    }

    private static void Unload(StateNode? node, int pageDepth, int kept)
    {
        switch (node)
        {
            case StateStub stub when pageDepth + 1 >= kept:
                stub.Unload();
                break;
            case StateStub stub:
                Unload(stub.InMemory, pageDepth, kept);
                break;
            case StatePage page:
                foreach (StateStub below in page.Below)
                {
                    Unload(below, pageDepth + 1, kept);
                }

                break;
            case StatePacked packed:
                foreach (StateStub below in packed.BelowInPlace)
                {
                    Unload(below, pageDepth, kept);
                }

                break;
            case StateInner inner:
                Unload(inner.Left, pageDepth, kept);
                Unload(inner.Right, pageDepth, kept);
                break;
        }
    }
}
