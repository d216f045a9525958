using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Simulation;
using Chain.Core.Simulation.Laboratory;
using Chain.Core.Wire;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>
/// Miners and other full nodes of a network like the Internet of 2015, whose blocks are all of one size; every node has the same
/// bandwidth and opens the same number of connections to others drawn at random.
/// </summary>
internal sealed class RelayWorld
{
    private const int Degree = 8;
    private const int AccountsOfMiner = 8;
    private const int TransactionOverhead = 190;
    private const long UplinkBytesPerSecond = 6_700_000 / 8;
    private const long DownlinkBytesPerSecond = 21_000_000 / 8;

    /// <summary>Parts of a thousand of the hash power of Bitcoin's 16 largest miners, as Gervais et al. 2016 simulate them (scratch/bitcoin-test.cc).</summary>
    private static readonly ulong[] Power = [289, 196, 159, 133, 66, 54, 29, 16, 12, 12, 12, 9, 5, 5, 2, 2];

    /// <summary>Where those are: 0 North America, 1 Europe, 3 Asia and Pacific.</summary>
    private static readonly int[] MinerRegions = [3, 3, 3, 0, 3, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0];

    /// <summary>How Bitcoin's nodes were spread over the regions in 2015, in the order of the matrix: SimBlock, REGION_DISTRIBUTION_BITCOIN_2015.</summary>
    private static readonly double[] RegionShares = [0.3869, 0.5159, 0.0113, 0.0574, 0.0119, 0.0166];

    private readonly SimulatedChain _chain;
    private readonly PaddingModule _padding = new();
    private readonly BlockSize _size;
    private readonly TimeSpan _spacing;
    private readonly Dictionary<BlockId, SeenBlock> _blocks = [];
    private readonly int[] _sent = new int[Power.Length];

    /// <summary>A network in which nothing has happened yet.</summary>
    /// <param name="nodes">How many nodes there are, the first 16 of which mine.</param>
    /// <param name="spacing">The time from block to block, were there no stale ones.</param>
    /// <param name="size">What blocks are made of.</param>
    /// <param name="relay">How blocks and transactions go from node to node.</param>
    /// <param name="seed">The seed.</param>
    public RelayWorld(int nodes, TimeSpan spacing, BlockSize size, RelayRule relay, ulong seed)
    {
        _size = size;
        _spacing = spacing;
        EngineSetup engine = SteadyWork.Set(nodes, Power, spacing);
        _chain = new SimulatedChain(engine.Consensus(0), new SimulatedChainOptions
        {
            Simulator = new SimulatorOptions
            {
                Seed = seed,
                EncodesMessages = false,
                DiskSync = TimeSpan.Zero,
                Network = new NetworkModel
                {
                    Regions = PublishedLatencies.Internet2015,
                    UplinkBytesPerSecond = UplinkBytesPerSecond,
                    DownlinkBytesPerSecond = DownlinkBytesPerSecond,
                    SharesFairly = true,
                },
                Processor = new FreeProcessor(engine),
            },
            Accounts = Power.Length * AccountsOfMiner,
            Funds = 1_000_000_000 + seed,
            Modules = [(_padding, default)],
            Limits = LedgerLimits.Default with { BlockTransactions = size.Transactions, BlockBytes = int.Max(LedgerLimits.Default.BlockBytes, size.Bytes * 2) },
            Mempool = new MempoolOptions { MaxAge = TimeSpan.FromDays(365) },
        });
        var random = new DeterministicRandom(seed);
        for (int i = 0; i < nodes; i++)
        {
            AddNode(i, nodes, relay, random);
        }
    }

    /// <summary>Blocks that were made, those before the measuring not counted.</summary>
    public int Made { get; private set; }

    /// <summary>How many of them are not on the chain.</summary>
    public int Stale { get; private set; }

    /// <summary>From the making of a block until another node stored it, over all blocks and nodes, in seconds: ascending.</summary>
    public IReadOnlyList<double> Delays { get; private set; } = [];

    /// <summary>
    /// The part of stale blocks that follows from the delays: miners who have not heard of a block make another one, each in
    /// proportion to its hash power and to how long it takes to hear (Decker and Wattenhofer 2013, equation 4, with hash power for nodes).
    /// </summary>
    public double StaleByDelays { get; private set; }

    /// <summary>Runs until so many blocks were made, and measures all but the first of them.</summary>
    public void Run(int blocks, CancellationToken cancelled)
    {
        const int left = 16; // the first blocks were made without transactions at hand
        _chain.Tally.Observed = Observe;
        _chain.Simulator.RunFor(TimeSpan.FromSeconds(1));
        for (int miner = 0; miner < Power.Length; miner++)
        {
            Refill(miner);
            Refill(miner);
        }

        while (_blocks.Count < blocks + left)
        {
            cancelled.ThrowIfCancellationRequested();
            _chain.Simulator.RunFor(_spacing);
        }

        _chain.Simulator.RunFor(TimeSpan.FromMinutes(2));
        Measure([.. _blocks.Values.OrderBy(static block => block.MadeAt).Skip(left).Take(blocks)]);
    }

    private void Measure(IReadOnlyList<SeenBlock> blocks)
    {
        HashSet<BlockId> chain = [];
        for (Consensus.BlockTreeNode? block = SimulatedChain.MachineOf(_chain.Nodes[^1]).Tree.Head; block is not null; block = block.Parent)
        {
            chain.Add(block.Id);
        }

        Made = blocks.Count;
        Stale = blocks.Count(block => !chain.Contains(block.Id));
        Delays = [.. blocks.SelectMany(static block => block.Delays.Values).Order()];
        double whole = Power.Sum(static each => (double)each);
        double missed = blocks.Average(block => block.Delays.Where(static each => each.Key < Power.Length).Sum(each => Power[each.Key] * each.Value));
        StaleByDelays = 1 - Math.Exp(-missed / whole / _spacing.TotalSeconds);
    }

    private void AddNode(int index, int nodes, RelayRule relay, DeterministicRandom random)
    {
        var dials = new SortedSet<int>();
        while (dials.Count < int.Min(index, Degree))
        {
            dials.Add(random.NextIndex(index));
        }

        _chain.AddNode(new SimulatedNodePlan
        {
            ProducesBlocks = index < Power.Length,
            Region = index < Power.Length ? MinerRegions[index] : RegionOf(random),
            Dials = [.. dials],
            Change = options => options with
            {
                Gossip = gossip => relay.Give(gossip with
                {
                    Peers = gossip.Peers with { OutboundSlots = dials.Count, InboundSlots = nodes, PingInterval = TimeSpan.FromHours(24) },
                }),
            },
        });
    }

    private static int RegionOf(DeterministicRandom random)
    {
        double drawn = random.NextBelow(1_000_000) / 1_000_000.0;
        int region = 0;
        for (; region < RegionShares.Length - 1 && drawn >= RegionShares[region]; region++)
        {
            drawn -= RegionShares[region];
        }

        return region;
    }

    /// <summary>Gives a miner the transactions of one more block.</summary>
    private void Refill(int miner)
    {
        for (int i = 0; i < _size.Transactions; i++)
        {
            SimulatedAccount account = _chain.Accounts[(miner * AccountsOfMiner) + (_sent[miner]++ % AccountsOfMiner)];
            int padding = int.Max(0, (_size.Bytes / _size.Transactions) - TransactionOverhead);
            _chain.Simulator.Submit(_chain.Nodes[miner], account.Sign(_chain, _padding.Carry(padding)));
        }
    }

    private void Observe(SimulatedNode node, NodeEvent happened)
    {
        if (happened is not NodeEvent.BlockStored stored)
        {
            return;
        }

        if (_blocks.TryGetValue(stored.Block.Id, out SeenBlock? known))
        {
            known.Delays[node.Index] = (_chain.Simulator.Now - known.MadeAt).TotalSeconds;
        }
        else
        {
            _blocks.Add(stored.Block.Id, new SeenBlock(stored.Block.Id, _chain.Simulator.Now, stored.Block.Encoded.Length, []));
            _chain.Simulator.At(TimeSpan.Zero, () => Refill(node.Index));
        }
    }

    private sealed record SeenBlock(BlockId Id, Instant MadeAt, int Bytes, Dictionary<int, double> Delays);
}
