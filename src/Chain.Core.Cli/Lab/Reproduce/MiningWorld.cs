using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Protocol;
using Chain.Core.Simulation;
using Chain.Core.Simulation.Laboratory;
using Chain.Core.Wire;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>
/// Miners with full nodes, the first of which is an attacker; blocks are empty, targets stay as they are, and all are
/// connected with all. Delays are small against the time from block to block, as the papers assume.
/// </summary>
internal sealed class MiningWorld
{
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(60);

    private readonly SimulatedChain _chain;

    /// <summary>A world in which nothing has happened yet.</summary>
    /// <param name="attackerShare">The attacker's part of the hash power.</param>
    /// <param name="honest">How many honest nodes share the rest.</param>
    /// <param name="network">Latencies, by the regions of the nodes.</param>
    /// <param name="regionOf">The region of each node.</param>
    /// <param name="attacker">Puts the attack around the first node.</param>
    /// <param name="seed">The seed.</param>
    public MiningWorld(double attackerShare, int honest, LatencyMatrix network, Func<int, int> regionOf, Func<FullNode, WithholdingMiner> attacker, ulong seed)
    {
        const ulong whole = 1_000_000;
        ulong share = (ulong)Math.Round(attackerShare * whole * honest);
        ulong[] power = [share, .. Enumerable.Repeat((ulong)Math.Round((1 - attackerShare) * whole), honest)];
        EngineSetup engine = new ProofOfWorkEngineEntry().Set(new EngineRequest(power.Length, power, new Dictionary<string, string>
        {
            ["spacing"] = Durations.Format(Spacing),
            ["halflife"] = "8000h",
            ["rebuild"] = "8000h",
        }));
        _chain = new SimulatedChain(engine.Consensus(0), new SimulatedChainOptions
        {
            Simulator = new SimulatorOptions
            {
                Seed = seed,
                EncodesMessages = false,
                DiskSync = TimeSpan.Zero,
                Network = new NetworkModel { Regions = network, Jitter = TimeSpan.Zero },
                Processor = new FreeProcessor(engine),
            },
            Accounts = 1,
        });
        for (int i = 0; i < power.Length; i++)
        {
            AddNode(i, power.Length, regionOf(i), attacker);
        }
    }

    /// <summary>The attack, as it stands.</summary>
    public WithholdingMiner Attacker => (WithholdingMiner)_chain.Nodes[0].Machine!;

    /// <summary>Who made each block, by its id.</summary>
    public Dictionary<BlockId, int> Makers { get; } = [];

    /// <summary>Reorganisations of the last node by how many blocks they undid.</summary>
    public Dictionary<int, int> Reorganisations { get; } = [];

    /// <summary>Events so far.</summary>
    public long Events => _chain.Simulator.EventCount;

    /// <summary>Runs until a condition holds, which is asked once for each block's time.</summary>
    public void RunUntil(Func<bool> condition, CancellationToken cancelled)
    {
        _chain.Tally.Observed = Observe;
        while (!condition())
        {
            cancelled.ThrowIfCancellationRequested();
            _chain.Simulator.RunFor(Spacing);
        }
    }

    /// <summary>Who made the blocks of an honest node's chain, oldest first.</summary>
    public IReadOnlyList<int> MakersOfChain()
    {
        var makers = new List<int>();
        Consensus.BlockTreeNode? block = SimulatedChain.MachineOf(_chain.Nodes[^1]).Tree.Head;
        for (; block?.Parent is not null; block = block.Parent)
        {
            makers.Add(Makers.GetValueOrDefault(block.Id, -1));
        }

        makers.Reverse();
        return makers;
    }

    private void AddNode(int index, int nodes, int region, Func<FullNode, WithholdingMiner> attacker) => _chain.AddNode(new SimulatedNodePlan
    {
        ProducesBlocks = true,
        Region = region,
        Dials = [.. Enumerable.Range(0, index)],
        Wrap = (_, node) => index == 0 ? attacker(node) : node,
        Change = options => options with
        {
            Gossip = gossip => gossip with
            {
                Peers = gossip.Peers with { OutboundSlots = index, InboundSlots = nodes, PingInterval = TimeSpan.FromHours(24) },
            },
        },
    });

    private void Observe(SimulatedNode node, NodeEvent happened)
    {
        if (happened is NodeEvent.BlockStored stored)
        {
            Makers.TryAdd(stored.Block.Id, node.Index);
        }
        else if (happened is NodeEvent.HeadMoved { Unapplied.Count: > 0 } moved && ReferenceEquals(node, _chain.Nodes[^1]))
        {
            Reorganisations[moved.Unapplied.Count] = Reorganisations.GetValueOrDefault(moved.Unapplied.Count) + 1;
        }
    }
}
