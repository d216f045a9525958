namespace Chain.Core.Simulation.Laboratory;

/// <summary>Scenarios that have names.</summary>
public static class NamedScenarios
{
    /// <summary>What is run when nothing else is said.</summary>
    public static Scenario Default { get; } = new()
    {
        Name = "default",
        Description = "Proof of work against proof of stake: 16 nodes around the world, 20 transfers a second.",
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
            Description = "Four nodes in one rack, 200 transfers a second.",
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
    ];

    /// <summary>The scenario of a name, or null.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(each => each.Name == name);
}
