using Chain.Core.Consensus.ProofOfWork;
using Chain.Core.Gossip;
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
    private static readonly JobCharge Never = new(TimeSpan.FromDays(36_500), OccupiesThread: false);

    private readonly SimulatedChain _chain;

    /// <summary>A world in which nothing has happened yet.</summary>
    /// <param name="shares">Parts of the hash power: the attacker's, then those of the honest nodes.</param>
    /// <param name="network">Latencies, by the regions of the nodes.</param>
    /// <param name="regionOf">The region of each node.</param>
    /// <param name="attacker">Puts the attack around the first node.</param>
    /// <param name="seed">The seed.</param>
    public MiningWorld(IReadOnlyList<double> shares, LatencyMatrix network, Func<int, int> regionOf, Func<FullNode, WithholdingMiner> attacker, ulong seed)
    {
        ulong[] power = [.. shares.Select(static share => (ulong)Math.Round(share * 1_000_000))];
        EngineSetup all = SteadyWork.Set(power.Length, power, Spacing);
        EngineSetup engine = all with { JobCharge = (node, job, result) => result is NonceSearched && node == Resting ? Never : all.JobCharge(node, job, result) };
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
            Funds = 1 + seed, // what is drawn follows from headers, so that the genesis has to differ
        });
        for (int i = 0; i < power.Length; i++)
        {
            AddNode(i, power.Length, regionOf(i), attacker);
        }
    }

    /// <summary>The attack, as it stands.</summary>
    public WithholdingMiner Attacker => (WithholdingMiner)_chain.Nodes[0].Machine!;

    /// <summary>Who made a block, told as soon as it is made.</summary>
    public Action<int> Made { get; set; } = static _ => { };

    /// <summary>A node whose searches find nothing, if they begin while it is named here; or null.</summary>
    public int? Resting { get; set; }

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
                Relay = gossip.Relay with { Blocks = BlockRelay.Announce },
            },
        },
    });

    private void Observe(SimulatedNode node, NodeEvent happened)
    {
        if (happened is NodeEvent.BlockStored stored)
        {
            if (Makers.TryAdd(stored.Block.Id, node.Index))
            {
                Made(node.Index);
            }
        }
        else if (happened is NodeEvent.HeadMoved { Unapplied.Count: > 0 } moved && ReferenceEquals(node, _chain.Nodes[^1]))
        {
            Reorganisations[moved.Unapplied.Count] = Reorganisations.GetValueOrDefault(moved.Unapplied.Count) + 1;
        }
    }
}
