namespace Chain.Core.Simulation;

/// <summary>
/// Max-min fair rates by progressive filling: the link with the least to give to each of its connections fixes their rates,
/// and what it takes of other links is gone there, until every connection has a rate.
/// </summary>
internal sealed class RateSharing(long uplink, long downlink)
{
    /// <summary>The rate of a connection that no link limits: a gigabyte in a microsecond.</summary>
    private const long Unlimited = 1_000_000_000_000_000;

    private readonly SortedDictionary<(bool IsDown, int Node), Link> _links = [];

    public void Share(List<Flow> flows)
    {
        foreach (Flow flow in flows)
        {
            flow.Rate = 0;
            Add(uplink, (false, flow.From), flow);
            Add(downlink, (true, flow.To), flow);
        }

        while (FindTightest() is { } tightest)
        {
            long rate = long.Max(1, tightest.Left / tightest.Unfixed);
            foreach (Flow flow in tightest.Flows.Where(static flow => flow.Rate == 0))
            {
                flow.Rate = rate;
                Take((false, flow.From), rate);
                Take((true, flow.To), rate);
            }
        }

        foreach (Flow flow in flows.Where(static flow => flow.Rate == 0))
        {
            flow.Rate = Unlimited;
        }
    }

    private void Add(long capacity, (bool, int) key, Flow flow)
    {
        if (capacity > 0)
        {
            if (!_links.TryGetValue(key, out Link? link))
            {
                link = new Link { Left = capacity };
                _links.Add(key, link);
            }

            link.Flows.Add(flow);
            link.Unfixed++;
        }
    }

    private Link? FindTightest()
    {
        Link? tightest = null;
        foreach (Link link in _links.Values)
        {
            if (link.Unfixed > 0 && (tightest is null || link.Left / link.Unfixed < tightest.Left / tightest.Unfixed))
            {
                tightest = link;
            }
        }

        return tightest;
    }

    private void Take((bool, int) key, long rate)
    {
        if (_links.TryGetValue(key, out Link? link))
        {
            link.Left = long.Max(0, link.Left - rate);
            link.Unfixed--;
        }
    }

    private sealed class Link
    {
        public long Left { get; set; }

        public int Unfixed { get; set; }

        public List<Flow> Flows { get; } = [];
    }
}
