namespace Chain.Core.Simulation.Laboratory;

/// <summary>
/// What the laboratory runs: engines, nodes, network, load and faults. A run is a function of a scenario, one of its
/// engines and a seed. Immutable; as JSON it is what <see cref="ScenarioJson"/> reads and writes.
/// </summary>
public sealed record Scenario
{
    /// <summary>A short name.</summary>
    public string Name { get; init; } = "custom";

    /// <summary>What it is about, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>The engines that are compared.</summary>
    /// <value>Proof of work and proof of stake by default.</value>
    public IReadOnlyList<EngineChoice> Engines { get; init; } = [new("pow"), new("pos")];

    /// <summary>How many nodes there are.</summary>
    /// <value>16 by default; 1 to 20,000.</value>
    public int Nodes { get; init; } = 16;

    /// <summary>How many of them, the first ones, make blocks.</summary>
    /// <value>0 by default, for all; at most <see cref="Nodes"/>.</value>
    public int Producers { get; init; }

    /// <summary>How hash power or stake is spread over those.</summary>
    public PowerPlan Power { get; init; } = new();

    /// <summary>The network between the nodes.</summary>
    public NetworkPlan Network { get; init; } = new();

    /// <summary>The transactions that users send.</summary>
    public LoadPlan Load { get; init; } = new();

    /// <summary>What goes wrong, and when.</summary>
    /// <value>Nothing by default.</value>
    public IReadOnlyList<FaultPlan> Faults { get; init; } = [];

    /// <summary>Who works against the others.</summary>
    /// <value>Nobody by default.</value>
    public IReadOnlyList<AdversaryPlan> Adversaries { get; init; } = [];

    /// <summary>How long nodes have to find one another before the load begins and anything is measured.</summary>
    /// <value>10 seconds by default; not negative.</value>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the load lasts and is measured.</summary>
    /// <value>Two minutes by default; positive.</value>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the run goes on after the load at most, until all transactions are final.</summary>
    /// <value>Five minutes by default; not negative.</value>
    public TimeSpan Drain { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The seeds; each engine runs once with each.</summary>
    /// <value>1, 2 and 3 by default.</value>
    public IReadOnlyList<ulong> Seeds { get; init; } = [1, 2, 3];

    /// <summary>
    /// Whether messages are encoded and decoded as on a socket. Else they go by reference, which is faster, and digests tell
    /// messages apart by their kind only; bytes are counted either way.
    /// </summary>
    /// <value>True by default.</value>
    public bool EncodesMessages { get; init; } = true;

    /// <summary>Whether what a processor takes is charged: see <see cref="MeasuredProcessor"/>.</summary>
    /// <value>True by default.</value>
    public bool ChargesProcessor { get; init; } = true;

    /// <summary>How many nodes make blocks.</summary>
    public int ProducerCount() => Producers == 0 ? Nodes : Producers;

    /// <summary>The same scenario with these engines, by their names.</summary>
    public Scenario WithEngines(params IReadOnlyList<string> names) => this with { Engines = [.. names.Select(static name => new EngineChoice(name))] };

    /// <summary>The same scenario with so many nodes, all of which make blocks.</summary>
    public Scenario WithNodes(int nodes) => this with { Nodes = nodes, Producers = 0 };

    /// <summary>The same scenario with so many transactions a second.</summary>
    public Scenario WithRate(double perSecond) => this with { Load = Load with { Rate = perSecond } };

    /// <summary>The same scenario with these seeds.</summary>
    public Scenario WithSeeds(params IReadOnlyList<ulong> seeds) => this with { Seeds = [.. seeds] };

    /// <summary>The same scenario with one fault more.</summary>
    public Scenario WithFault(FaultPlan fault) => this with { Faults = [.. Faults, fault] };
}
