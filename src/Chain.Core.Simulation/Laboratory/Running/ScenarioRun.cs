using System.Diagnostics;
using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>
/// One run of a scenario: an engine under a seed. What happens in it, and so its digest, is a function of the scenario, the
/// engine and the seed alone.
/// </summary>
public sealed class ScenarioRun
{
    private const int Checkpoints = 40;
    private const ulong Component = 0x6c61_6221;
    private const ulong Funds = 1_000_000_000;

    /// <summary>Blocks of which each peer is remembered to know: those of the last minutes, so that thousands of nodes find room.</summary>
    private const int KnownPerPeer = 48;

    private static readonly TimeSpan DrainStep = TimeSpan.FromSeconds(1);

    private readonly Scenario _scenario;
    private readonly EngineChoice _choice;
    private readonly ulong _seed;
    private readonly int _threads;
    private readonly Action<RunProgress>? _told;
    private readonly CancellationToken _cancelled;
    private readonly ulong[] _power;
    private readonly EngineSetup _engine;
    private readonly PaddingModule _padding = new();
    private readonly DeterministicRandom _random;
    private readonly SimulatedChain _chain;
    private readonly SilentNodes _silent;
    private readonly AdversaryRoles _adversaries;
    private readonly List<Checkpoint> _checkpoints = [];

    private ScenarioRun(Scenario scenario, EngineChoice choice, ILaboratoryEngine engine, ulong seed, Action<RunProgress>? told, int threads, CancellationToken cancelled)
    {
        _threads = threads;
        _scenario = scenario;
        _choice = choice;
        _seed = seed;
        _told = told;
        _cancelled = cancelled;
        _power = scenario.Power.Spread(scenario.ProducerCount());
        _engine = engine.Set(new EngineRequest(scenario.Nodes, _power, choice.Options, scenario.Load)
        {
            IsMesh = Topology.RuleFor(scenario.Network, scenario.Nodes) == TopologyRule.Mesh,
        });
        _random = new DeterministicRandom(seed).Fork(Component);
        _adversaries = new AdversaryRoles(scenario);
        _chain = CreateChain();
        _silent = new SilentNodes(scenario, _random.Fork(3));
    }

    /// <summary>Runs.</summary>
    /// <param name="scenario">What to run; <see cref="ScenarioCheck"/> finds no problem with it.</param>
    /// <param name="choice">One of its engines.</param>
    /// <param name="engine">That engine.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="told">Told how far it is, from time to time.</param>
    /// <param name="threads">On how many threads nodes are simulated: see <see cref="SimulatorOptions.Threads"/>.</param>
    /// <param name="cancelled">Ends it early.</param>
    /// <exception cref="ArgumentException">The scenario has a problem.</exception>
    /// <exception cref="FormatException">An option of the engine does not read.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static RunResult Run(
        Scenario scenario, EngineChoice choice, ILaboratoryEngine engine, ulong seed, Action<RunProgress>? told = null, int threads = 1, CancellationToken cancelled = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(engine);
        return ScenarioCheck.FindProblem(scenario) is { } problem
            ? throw new ArgumentException(problem, nameof(scenario))
            : new ScenarioRun(scenario, choice, engine, seed, told, threads, cancelled).Run();
    }

    private RunResult Run()
    {
        long started = Stopwatch.GetTimestamp();
        AddNodes();
        var observer = new RunObserver(_chain, _engine.FinalDepth);
        var load = new OfferedLoad(_chain, observer, _scenario.Load, _padding, _adversaries.NodeCount, _seed);
        OfferedLoad? spam = _adversaries.Spam is { } plan
            ? new OfferedLoad(_chain, observer, plan, _padding, _adversaries.NodeCount, _seed, OfferedLoad.AccountsFor(_scenario.Load), isSpam: true)
            : null;
        _chain.Simulator.RunFor(_scenario.Warmup);
        Instant begin = _chain.Simulator.Now;
        long bytesBefore = _chain.Simulator.Traffic.Bytes;
        var faults = new FaultSchedule(_scenario, _chain, _silent.Nodes, _adversaries, _random) { Restarted = load.HandInLost };
        faults.Schedule();
        load.Start();
        spam?.Start();
        RunInSteps(_scenario.Duration);
        Instant end = _chain.Simulator.Now;
        load.Stop();
        spam?.Stop();
        DrainUntilFinal(observer, faults);
        var meter = new RunMeter(_chain, _engine, observer, load, _power, _adversaries, begin, end, bytesBefore)
        {
            Healed = faults.LastEnd is { } last ? begin + last : null,
            Honest = faults.Honest,
        };
        _checkpoints.Add(new Checkpoint(_chain.Simulator.Now - Instant.Zero, _chain.Simulator.Digest.ToString()));
        return new RunResult(
            _choice,
            _seed,
            _checkpoints[^1].Digest,
            _checkpoints,
            _chain.Simulator.EventCount,
            _chain.Simulator.Now - Instant.Zero,
            Stopwatch.GetElapsedTime(started),
            meter.Measure(),
            _engine.Notes);
    }

    private SimulatedChain CreateChain()
    {
        LatencyMatrix? matrix = Placement.RegionsOf(_scenario.Network);
        var options = new SimulatedChainOptions
        {
            Simulator = new SimulatorOptions
            {
                Seed = _seed,
                EncodesMessages = _scenario.EncodesMessages,
                CountsBytes = true,
                Threads = _threads,
                Processor = _scenario.ChargesProcessor ? new MeasuredProcessor(new ProcessorFigures(), _engine) : new FreeProcessor(_engine),
                Network = new NetworkModel
                {
                    Regions = matrix,
                    Latency = _scenario.Network.Latency,
                    Jitter = _scenario.Network.Jitter,
                    LossPerMillion = _scenario.Network.LossPerMillion,
                    UplinkBytesPerSecond = _scenario.Network.UplinkBitsPerSecond / 8,
                    DownlinkBytesPerSecond = _scenario.Network.DownlinkBitsPerSecond / 8,
                    SharesFairly = _scenario.Network.UplinkBitsPerSecond > 0 || _scenario.Network.DownlinkBitsPerSecond > 0,
                },
            },
            Accounts = OfferedLoad.AccountsFor(_scenario.Load) + (_adversaries.Spam is { } spam ? OfferedLoad.AccountsFor(spam) : 0),
            Funds = Funds + _seed, // or equal first headers give equal draws of work under every seed
            Modules = [(_padding, default), .. _engine.Modules],
            Schemes = new SignatureSchemes(new SharedVerdicts(Ed25519.Scheme)),
        };
        return new SimulatedChain(_engine.Consensus(0), options);
    }

    private void AddNodes()
    {
        int[] regionOf = Placement.Spread(_scenario.Network, _scenario.Nodes);
        var topology = new Topology(_scenario.Network, _scenario.Nodes, regionOf, _random.Fork(1));
        for (int i = 0; i < _scenario.Nodes; i++)
        {
            int node = i;
            IReadOnlyList<int> dials = _adversaries.Dials(node, topology.Dials[node]);
            int moreDials = dials.Count - topology.Dials[node].Count;
            _chain.AddNode(new SimulatedNodePlan
            {
                Consensus = _silent.Around(node, _engine.Consensus(node)),
                ProducesBlocks = node < _power.Length,
                Region = regionOf[node],
                Dials = dials,
                Wrap = (self, machine) => _adversaries.Around(_chain, self, machine),
                Change = options => _engine.Node(node, options with
                {
                    Gossip = gossip => gossip with
                    {
                        Peers = _adversaries.Slots(node, gossip.Peers with { OutboundSlots = topology.OutboundSlots(node), InboundSlots = int.Max(32, _scenario.Nodes) }, moreDials),
                        Relay = gossip.Relay with { KnownPerPeer = KnownPerPeer, Blocks = _scenario.Network.Relay },
                    },
                }),
            });
        }
    }

    private void RunInSteps(TimeSpan duration)
    {
        Instant from = _chain.Simulator.Now;
        for (int i = 1; i <= Checkpoints; i++)
        {
            _cancelled.ThrowIfCancellationRequested();
            _chain.Simulator.RunFor(from + (duration / Checkpoints * i) - _chain.Simulator.Now);
            _checkpoints.Add(new Checkpoint(_chain.Simulator.Now - Instant.Zero, _chain.Simulator.Digest.ToString()));
            _told?.Invoke(new RunProgress(_scenario, _choice, _seed, 0.9 * i / Checkpoints, _chain.Simulator.EventCount));
        }
    }

    private void DrainUntilFinal(RunObserver observer, FaultSchedule faults)
    {
        Instant until = _chain.Simulator.Now + _scenario.Drain;
        while (_chain.Simulator.Now < until && (observer.FinalCount < observer.Load.Count || !faults.AreOver))
        {
            _cancelled.ThrowIfCancellationRequested();
            _chain.Simulator.RunFor(DrainStep);
        }

        // One block more becomes final after the load, or the chain does not go on.
        _chain.Simulator.RunFor(DrainStep);
        _told?.Invoke(new RunProgress(_scenario, _choice, _seed, 1, _chain.Simulator.EventCount));
    }
}
