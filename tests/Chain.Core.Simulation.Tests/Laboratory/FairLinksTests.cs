using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Tests.Laboratory;

/// <summary>Links that are shared fairly, from the rule to messages that arrive.</summary>
public class FairLinksTests
{
    [Fact]
    public void Share_TextbookExample_IsMaxMinFair()
    {
        // Node 0 sends to 1 and 2, node 3 sends to 2; every uplink has 30, every downlink 20.
        List<Flow> flows = [FlowBetween(0, 1), FlowBetween(0, 2), FlowBetween(3, 2)];

        new RateSharing(30, 20).Share(flows);

        // Node 2's downlink gives 10 to each of its two, so that 20 of node 0's uplink are left, all that node 1 can take.
        Assert.Equal([20L, 10L, 10L], flows.Select(static flow => flow.Rate));
    }

    [Fact]
    public void Share_NoDownlink_UplinkAloneDecides()
    {
        List<Flow> flows = [FlowBetween(0, 1), FlowBetween(0, 2), FlowBetween(3, 2)];

        new RateSharing(30, 0).Share(flows);

        Assert.Equal([15L, 15L, 30L], flows.Select(static flow => flow.Rate));
    }

    [Fact]
    public void Send_TwoOfOneUplink_ShareItAndTheLongerSpeedsUp()
    {
        (int Bytes, int From, int To, long At)[] sends = [(1000, 0, 1, 0), (3000, 0, 2, 0)];

        // Half of 1,000 bytes a second each: the short one takes 2 s; the long one has 2,000 bytes left, and 2 s for them.
        Assert.Equal([2_000_000L, 4_000_000L], TimesOf(sends, uplink: 1000, downlink: 0));
    }

    [Fact]
    public void Send_SecondOnOneConnection_WaitsForTheFirst() =>
        Assert.Equal([1_000_000L, 2_000_000L], TimesOf([(1000, 0, 1, 0), (1000, 0, 1, 0)], uplink: 1000, downlink: 0));

    [Fact]
    public void Send_TwoIntoOneDownlink_ShareIt() =>
        Assert.Equal([2_000_000L, 2_000_000L], TimesOf([(1000, 0, 2, 0), (1000, 1, 2, 0)], uplink: 1000, downlink: 1000));

    [Fact]
    public void Send_LaterOne_TakesHalfFromThenOn() =>
        Assert.Equal([3_000_000L, 3_000_000L], TimesOf([(2000, 0, 1, 0), (1000, 0, 2, 1_000_000)], uplink: 1000, downlink: 0));

    [Fact]
    public void Chain_SlowLinks_BytesTakeTheirTime()
    {
        TimeSpan fast = SpreadOf(bytesPerSecond: 10_000_000);
        TimeSpan slow = SpreadOf(bytesPerSecond: 1_000);

        Assert.InRange(fast, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(60));
        Assert.InRange(slow - fast, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3));
    }

    /// <summary>When each of some sends is over, in microseconds, in the order of the sends.</summary>
    private static long[] TimesOf((int Bytes, int From, int To, long At)[] sends, long uplink, long downlink)
    {
        var events = new PriorityQueue<Action, (long, int)>();
        int sequence = 0;
        var links = new FairLinks(uplink, downlink, (at, action) => events.Enqueue(action, (at.Microseconds, sequence++)));
        var endpoints = new Dictionary<(int, int), Endpoint>();
        var times = new long[sends.Length];
        for (int i = 0; i < sends.Length; i++)
        {
            int index = i;
            (int bytes, int from, int to, long at) = sends[i];
            if (!endpoints.TryGetValue((from, to), out Endpoint? endpoint))
            {
                endpoints[(from, to)] = endpoint = EndpointBetween(from, to);
            }

            events.Enqueue(() => links.Send(endpoint, bytes, new Instant(at), sent => times[index] = sent.Microseconds), (at, sequence++));
        }

        while (events.TryDequeue(out Action? next, out _))
        {
            next();
        }

        return times;
    }

    private static TimeSpan SpreadOf(long bytesPerSecond)
    {
        var network = new NetworkModel
        {
            Latency = TimeSpan.FromMilliseconds(50),
            Jitter = TimeSpan.Zero,
            SharesFairly = true,
            UplinkBytesPerSecond = bytesPerSecond,
            DownlinkBytesPerSecond = bytesPerSecond,
        };
        SimulatedChain chain = Chains.Chains.Dev(3, change: options => options with { Simulator = options.Simulator with { Network = network } });
        chain.AddNodes(count: 2, producers: 1);
        chain.Simulator.RunFor(TimeSpan.FromSeconds(20));
        var times = new List<Instant>();
        chain.Tally.Observed = (_, happened) =>
        {
            if (happened is NodeEvent.BlockStored)
            {
                times.Add(chain.Simulator.Now);
            }
        };
        chain.Simulator.Tell(chain.Nodes[0], new HostInput.Commanded(Consensus.DevConsensus.SealCommand));
        chain.Simulator.RunFor(TimeSpan.FromSeconds(20));
        return times[1] - times[0];
    }

    private static Flow FlowBetween(int from, int to) => new(EndpointBetween(from, to));

    private static Endpoint EndpointBetween(int from, int to)
    {
        var one = new Endpoint(NodeOf(from), 1);
        Endpoint.Join(one, new Endpoint(NodeOf(to), 1));
        return one;
    }

    private static SimulatedNode NodeOf(int index) =>
        new(index, 0, index, "n", PeerAddress.From(System.Net.IPAddress.Loopback, 1), default, new DeterministicRandom(1), static _ => throw new InvalidOperationException());
}
