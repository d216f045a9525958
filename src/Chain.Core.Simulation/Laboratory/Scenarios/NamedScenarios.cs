namespace Chain.Core.Simulation.Laboratory;

/// <summary>Scenarios that have names.</summary>
public static class NamedScenarios
{
    /// <summary>How the nodes of Bitcoin were spread over the regions of <c>internet-2019</c>: SimBlock, REGION_DISTRIBUTION_BITCOIN_2019.</summary>
    private static readonly double[] Bitcoin2019 = [0.3316, 0.4998, 0.0090, 0.1177, 0.0224, 0.0195];

    /// <summary>What is run when nothing else is said.</summary>
    public static Scenario Default { get; } = new()
    {
        Name = "default",
        Description = "Proof of work against proof of stake around the world; 16 nodes and 20 transfers a second where nothing else is asked for.",
        Network = new NetworkPlan { Matrix = "wan-5" },
        Load = new LoadPlan { Rate = 20 },
        Duration = TimeSpan.FromMinutes(3),
        Seeds = [1, 2, 3],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Default,
        new Scenario
        {
            Name = "lan-4",
            Description = "Four nodes in one rack, 200 transfers a second; leaders of proof of stake rest for 200 ms, or blocks came every two milliseconds.",
            Engines = [new EngineChoice("pow"), new EngineChoice("pos") { Options = Options(("pause", "200ms")) }],
            Nodes = 4,
            Network = new NetworkPlan { Matrix = "lan", Jitter = TimeSpan.FromMicroseconds(50) },
            Load = new LoadPlan { Rate = 200 },
            Duration = TimeSpan.FromMinutes(2),
        },
        new Scenario
        {
            Name = "wan-5",
            Description = "Ten nodes in five regions of a cloud, two in each, 50 transfers a second.",
            Nodes = 10,
            Network = new NetworkPlan { Matrix = "wan-5" },
            Load = new LoadPlan { Rate = 50 },
            Duration = TimeSpan.FromMinutes(3),
        },
        new Scenario
        {
            Name = "global-1000",
            Description = "A thousand nodes on the public Internet of 2019, of which 20 make blocks; gossip finds the peers. Proof of work only: votes of 20 validators through gossip are pos:relay=yes.",
            Engines = [new EngineChoice("pow")],
            Nodes = 1000,
            Producers = 20,
            Power = new PowerPlan { Rule = PowerRule.Zipf },
            Network = new NetworkPlan { Matrix = "internet-2019", RegionShares = Bitcoin2019 },
            Load = new LoadPlan { Rate = 2 },
            Duration = TimeSpan.FromMinutes(5),
            Seeds = [1],
            EncodesMessages = false,
        },
        new Scenario
        {
            Name = "bitcoin-2015",
            Description = "Blocks every ten minutes among 200 nodes on the Internet of 2015, 16 of which mine with shares as 1/n; median bandwidths of 2015. Blocks are as large as the load makes them, relay is ours.",
            Engines = [new EngineChoice("pow") { Options = Options(("spacing", "10m"), ("rebuild", "30s")) }],
            Nodes = 200,
            Producers = 16,
            Power = new PowerPlan { Rule = PowerRule.Zipf },
            Network = new NetworkPlan { Matrix = "internet-2015", RegionShares = [0.3869, 0.5159, 0.0113, 0.0574, 0.0119, 0.0166], UplinkBitsPerSecond = 5_000_000, DownlinkBitsPerSecond = 24_000_000 },
            Load = new LoadPlan { Rate = 1, Size = 500 },
            Duration = TimeSpan.FromHours(4),
            Drain = TimeSpan.FromHours(3),
            Seeds = [1],
            EncodesMessages = false,
        },
        new Scenario
        {
            Name = "ethereum-pow",
            Description = "Blocks every 13 seconds among 200 nodes on the Internet of 2019, 16 of which mine with shares as 1/n. The heaviest chain counts: uncles are not rewarded, and GHOST is not simulated.",
            Engines = [new EngineChoice("pow") { Options = Options(("spacing", "13s"), ("confirmations", "12")) }],
            Nodes = 200,
            Producers = 16,
            Power = new PowerPlan { Rule = PowerRule.Zipf },
            Network = new NetworkPlan { Matrix = "internet-2019", RegionShares = Bitcoin2019 },
            Load = new LoadPlan { Rate = 10 },
            Duration = TimeSpan.FromMinutes(20),
            Drain = TimeSpan.FromMinutes(15),
            Seeds = [1],
            EncodesMessages = false,
        },
        new Scenario
        {
            Name = "partition-heal",
            Description = "Ten nodes in five regions; after half a minute four of them are cut off for a minute. Proof of work forks and undoes one side; proof of stake stops, or goes on with the greater part.",
            Nodes = 10,
            Network = new NetworkPlan { Matrix = "wan-5" },
            Load = new LoadPlan { Rate = 10 },
            Faults = [new FaultPlan { Kind = FaultKind.Partition, At = TimeSpan.FromSeconds(30), For = TimeSpan.FromMinutes(1), Percent = 40 }],
            Duration = TimeSpan.FromMinutes(3),
        },
        new Scenario
        {
            Name = "third-byzantine",
            Description = "Sixteen nodes in five regions, five of which (31 %) fall silent for two minutes: leaders that do not propose, voters that do not vote, miners that keep their blocks.",
            Network = new NetworkPlan { Matrix = "wan-5" },
            Load = new LoadPlan { Rate = 10 },
            Faults = [new FaultPlan { Kind = FaultKind.Silence, At = TimeSpan.FromSeconds(30), For = TimeSpan.FromMinutes(2), Percent = 32 }],
            Duration = TimeSpan.FromMinutes(3),
        },
        new Scenario
        {
            Name = "churn",
            Description = "Ten nodes in five regions; half of them lose power and come back from their disks, one after the other.",
            Nodes = 10,
            Network = new NetworkPlan { Matrix = "wan-5" },
            Load = new LoadPlan { Rate = 10 },
            Faults = [new FaultPlan { Kind = FaultKind.Churn, At = TimeSpan.FromSeconds(20), For = TimeSpan.FromSeconds(100), Percent = 50 }],
            Duration = TimeSpan.FromMinutes(3),
        },
        new Scenario
        {
            Name = "selfish-miner",
            Description = "A miner with a third of the hash power keeps its blocks until it pays to publish them; it is connected to all of 24 nodes, of which every other opens two connections. Watch its share of blocks.",
            Engines = [new EngineChoice("pow")],
            Nodes = 24,
            Power = new PowerPlan { Rule = PowerRule.Listed, Shares = [11.5, 1] },
            Network = new NetworkPlan { Matrix = "wan-5", Topology = TopologyRule.Random, Degree = 2 },
            Load = new LoadPlan { Rate = 1 },
            Adversaries = [new AdversaryPlan { Kind = AdversaryKind.SelfishMiner }],
            Duration = TimeSpan.FromHours(1),
            EncodesMessages = false,
        },
        new Scenario
        {
            Name = "eclipse",
            Description = "An attacker with 64 addresses takes the slots of one of 16 nodes while the others restart, one after the other, twice: its victim loses the chain of the others.",
            Engines = [new EngineChoice("pow"), new EngineChoice("pos") { Options = Options(("pause", "1s")) }],
            Nodes = 80,
            Producers = 16,
            Network = new NetworkPlan { Matrix = "wan-5", Topology = TopologyRule.Gossip, Degree = 4 },
            Load = new LoadPlan { Rate = 5 },
            Faults =
            [
                new FaultPlan { Kind = FaultKind.Churn, At = TimeSpan.FromSeconds(10), For = TimeSpan.FromSeconds(60), Percent = 100 },
                new FaultPlan { Kind = FaultKind.Churn, At = TimeSpan.FromSeconds(80), For = TimeSpan.FromSeconds(60), Percent = 100 },
            ],
            Adversaries = [new AdversaryPlan { Kind = AdversaryKind.Eclipse }],
            Duration = TimeSpan.FromMinutes(5),
            Drain = TimeSpan.FromMinutes(1),
            EncodesMessages = false,
        },
    ];

    /// <summary>The scenario of a name, or null.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(each => each.Name == name);

    private static SortedDictionary<string, string> Options(params ReadOnlySpan<(string Name, string Value)> options)
    {
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in options)
        {
            given.Add(name, value);
        }

        return given;
    }
}
