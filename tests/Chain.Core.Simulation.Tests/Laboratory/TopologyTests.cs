using Chain.Core.Machines;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Simulation.Tests.Laboratory;

public class TopologyTests
{
    [Theory]
    [InlineData(TopologyRule.Gossip)]
    [InlineData(TopologyRule.Mesh)]
    [InlineData(TopologyRule.Random)]
    [InlineData(TopologyRule.Regional)]
    [InlineData(TopologyRule.ScaleFree)]
    [InlineData(TopologyRule.HubAndSpoke)]
    public void Dials_AnyRule_ConnectEverybodyToEarlierNodesOnly(TopologyRule rule)
    {
        Topology topology = Create(rule, nodes: 60, degree: 3);

        for (int node = 0; node < 60; node++)
        {
            Assert.All(topology.Dials[node], other => Assert.InRange(other, 0, node - 1));
            Assert.True(node == 0 || topology.Dials[node].Count > 0);
        }
    }

    [Fact]
    public void Dials_SameSeed_AreTheSame() => Assert.Equal(
        Create(TopologyRule.ScaleFree, 100, 4).Dials.SelectMany(static each => each),
        Create(TopologyRule.ScaleFree, 100, 4).Dials.SelectMany(static each => each));

    [Fact]
    public void Dials_Random_OpensSoManyAsTheDegree() =>
        Assert.All(Create(TopologyRule.Random, 60, 5).Dials.Skip(6), static dials => Assert.Equal(5, dials.Count));

    [Fact]
    public void Dials_ScaleFree_SomeHaveManyTimesTheMedian()
    {
        int[] degrees = DegreesOf(Create(TopologyRule.ScaleFree, 400, 2), 400);
        int[] even = DegreesOf(Create(TopologyRule.Random, 400, 2), 400);

        Assert.True(degrees.Max() > 2 * even.Max(), $"{degrees.Max()} against {even.Max()}");
    }

    [Fact]
    public void Dials_Regional_StayMostlyWithin()
    {
        Topology topology = Create(TopologyRule.Regional, 200, 4);
        int within = Enumerable.Range(20, 180).Sum(node => topology.Dials[node].Count(other => other % 5 == node % 5));

        Assert.InRange(within / (180.0 * 4), 0.55, 0.95); // a fifth would be without the rule
    }

    [Fact]
    public void Spread_Shares_EveryBeginningIsNear()
    {
        int[] regions = Placement.Spread(new NetworkPlan { RegionShares = [5, 3, 2] }, 3, 100);

        Assert.Equal([50, 30, 20], Enumerable.Range(0, 3).Select(region => regions.Count(each => each == region)));
        Assert.Equal([5, 3, 2], Enumerable.Range(0, 3).Select(region => regions.Take(10).Count(each => each == region)));
    }

    private static int[] DegreesOf(Topology topology, int nodes)
    {
        var degrees = new int[nodes];
        for (int node = 0; node < nodes; node++)
        {
            foreach (int other in topology.Dials[node])
            {
                degrees[node]++;
                degrees[other]++;
            }
        }

        return degrees;
    }

    private static Topology Create(TopologyRule rule, int nodes, int degree) =>
        new(new NetworkPlan { Topology = rule, Degree = degree }, nodes, [.. Enumerable.Range(0, nodes).Select(static node => node % 5)], new DeterministicRandom(3));
}
