using System.Globalization;
using System.Text;
using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// Full nodes of one chain in a <see cref="Simulation.Simulator"/>: the class that the production host drives, over
/// simulated disks, clocks and links. The chain has a token and funded accounts.
/// </summary>
public sealed class SimulatedChain
{
    private const uint NetworkNumber = 4242;
    private const ulong Component = 0x6368_6169;

    private readonly SimulatedChainOptions _options;
    private readonly DeterministicRandom _random;
    private readonly SimulatedAccount[] _accounts;

    /// <summary>A chain without nodes at time zero.</summary>
    /// <param name="consensus">The engine that every node runs.</param>
    /// <param name="options">Seed, network and accounts.</param>
    public SimulatedChain(IConsensusPlugin consensus, SimulatedChainOptions options)
    {
        ArgumentNullException.ThrowIfNull(consensus);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Accounts, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Chords, nameof(options));
        _options = options;
        _random = new DeterministicRandom(options.Simulator.Seed).Fork(Component);
        _accounts = [.. Enumerable.Range(0, options.Accounts).Select(index => new SimulatedAccount(index))];
        Simulator = new Simulator(options.Simulator);
        (AccountAddress, ulong)[] funded = [.. _accounts.Select(account => (account.Address, options.Funds)), .. options.Funded];
        Genesis = new GenesisSpec(
            NetworkNumber,
            "simulation",
            options.GenesisTime ?? options.Simulator.StartTime,
            [
                new ModuleGenesis(Token.Name, TokenModule.GenesisData(funded)),
                .. options.Modules.Select(each => new ModuleGenesis(each.Module.Name, each.Genesis)),
            ]);
        var ledger = new LedgerDefinition([Token, .. options.Modules.Select(each => each.Module)], options.Schemes, options.Limits);
        Definition = new ChainDefinition(consensus, ledger, Genesis) { Mempool = options.Mempool };
        Tally = new ChainTally(this);
    }

    /// <summary>Time, network and faults.</summary>
    public Simulator Simulator { get; }

    /// <summary>The chain.</summary>
    public ChainDefinition Definition { get; }

    /// <summary>What it begins with.</summary>
    public GenesisSpec Genesis { get; }

    /// <summary>Its coin.</summary>
    public TokenModule Token { get; } = new();

    /// <summary>The funded accounts.</summary>
    public IReadOnlyList<SimulatedAccount> Accounts => _accounts;

    /// <summary>Whose balances make up all coins, where transfers go to no other account.</summary>
    internal IEnumerable<AccountAddress> Holders =>
        [TokenModule.FeeAccount, .. _accounts.Select(account => account.Address), .. _options.Funded.Select(each => each.Account)];

    /// <summary>What the nodes told so far.</summary>
    public ChainTally Tally { get; }

    /// <summary>The nodes, in the order of adding.</summary>
    public IReadOnlyList<SimulatedNode> Nodes => Simulator.Nodes;

    /// <summary>Adds nodes and starts them; each knows the node before it and some earlier ones.</summary>
    /// <param name="count">How many.</param>
    /// <param name="producers">How many of them, the first ones, make blocks.</param>
    /// <returns>The new nodes.</returns>
    public IReadOnlyList<SimulatedNode> AddNodes(int count, int producers)
    {
        var added = new SimulatedNode[count];
        for (int i = 0; i < count; i++)
        {
            added[i] = AddNode(producesBlocks: i < producers);
        }

        return added;
    }

    /// <summary>Adds a node and starts it.</summary>
    /// <param name="producesBlocks">Whether its engine makes blocks.</param>
    /// <param name="change">Changes to its options, beside those of <see cref="SimulatedChainOptions.Node"/>.</param>
    public SimulatedNode AddNode(bool producesBlocks, Func<FullNodeOptions, FullNodeOptions>? change = null) =>
        AddNode(new SimulatedNodePlan { ProducesBlocks = producesBlocks, Change = change ?? (static options => options) });

    /// <summary>Adds a node whose engine has adversaries around it, and starts it.</summary>
    /// <param name="producesBlocks">Whether its engine makes blocks.</param>
    /// <param name="adversaries">What is wrong with it, over all its restarts.</param>
    /// <param name="change">Changes to its options, beside those of <see cref="SimulatedChainOptions.Node"/>.</param>
    public SimulatedNode AddFaultyNode(
        bool producesBlocks, IReadOnlyList<Adversary> adversaries, Func<FullNodeOptions, FullNodeOptions>? change = null)
    {
        return AddNode(new SimulatedNodePlan
        {
            Consensus = new AdversarialConsensus(Definition.Consensus, adversaries),
            ProducesBlocks = producesBlocks,
            Change = change ?? (static options => options),
        });
    }

    /// <summary>Adds a node and starts it.</summary>
    /// <exception cref="ArgumentException">Its consensus gives another genesis than the chain's.</exception>
    public SimulatedNode AddNode(SimulatedNodePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ChainDefinition definition = DefinitionFor(plan.Consensus);
        PeerAddress[] bootstrap = plan.Dials is { } dials ? [.. dials.Select(index => Nodes[index].Address)] : ChooseBootstrap();
        string name = string.Create(CultureInfo.InvariantCulture, $"n{Nodes.Count}");
        return Simulator.AddNode(name, plan.Region, node =>
        {
            FullNodeOptions options = plan.Change(_options.Node(OptionsFor(node, plan.ProducesBlocks, bootstrap)));
            return plan.Wrap(node, new FullNode(definition, options, RecoveredChain.Read(node.Disk, definition.Genesis.Header)));
        });
    }

    private ChainDefinition DefinitionFor(IConsensusPlugin? consensus)
    {
        if (consensus is null || ReferenceEquals(consensus, Definition.Consensus))
        {
            return Definition;
        }

        var definition = new ChainDefinition(consensus, Definition.Ledger, Genesis) { Mempool = Definition.Mempool };
        return definition.GenesisId == Definition.GenesisId
            ? definition
            : throw new ArgumentException("The consensus of this node gives another genesis than the chain's.", nameof(consensus));
    }

    /// <summary>The node's machine.</summary>
    /// <exception cref="InvalidOperationException">The node does not run, or is no full node of this chain.</exception>
    public static FullNode MachineOf(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return TryMachineOf(node) ?? throw new InvalidOperationException($"{node.Name} does not run as a full node.");
    }

    /// <summary>The node's machine where it runs as a full node, or around one.</summary>
    internal static FullNode? TryMachineOf(SimulatedNode node) => node.Machine switch
    {
        FullNode machine => machine,
        IFullNodeWrapper wrapper => wrapper.Node,
        _ => null,
    };

    /// <summary>The head of a running node.</summary>
    /// <inheritdoc cref="MachineOf" path="/exception"/>
    public static BlockHeader HeadOf(SimulatedNode node) => MachineOf(node).Head;

    /// <summary>The state at the head that stands on a node's disk, whether the node runs or not.</summary>
    public ChainState StateOf(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        BlockId head = ChainRecords.TryReadHead(node.Disk, out BlockId stored) ? stored : Definition.GenesisId;
        BlockHeader header = ChainRecords.TryReadBlock(node.Disk, head, out Block? block)
            ? block.Header
            : throw new SimulationException($"the disk of {node.Name} lacks its head {head}");
        return ChainState.Open(node.Disk, header.Fields.StateRoot);
    }

    /// <summary>Whether all running nodes are at one head, which at least one has.</summary>
    public bool HasOneHead()
    {
        BlockId? head = null;
        foreach (SimulatedNode node in Nodes)
        {
            if (TryMachineOf(node) is { } machine)
            {
                head ??= machine.Head.Id;
                if (machine.Head.Id != head)
                {
                    return false;
                }
            }
        }

        return head is not null;
    }

    /// <summary>Runs until all running nodes are at one head.</summary>
    /// <exception cref="SimulationException">That takes longer; the message names the seed and the heads.</exception>
    public void RunUntilOneHead(TimeSpan atMost) => RunUntil("all nodes are at one head", HasOneHead, atMost);

    /// <summary>Runs until a condition holds.</summary>
    /// <param name="what">The condition in words.</param>
    /// <param name="condition">Asked after every event.</param>
    /// <param name="atMost">How long it may take.</param>
    /// <exception cref="SimulationException">That takes longer; the message names the seed and the heads.</exception>
    public void RunUntil(string what, Func<bool> condition, TimeSpan atMost)
    {
        if (!Simulator.RunUntil(condition, atMost))
        {
            throw new SimulationException(string.Create(
                CultureInfo.InvariantCulture,
                $"after {atMost} not yet: {what} (seed {_options.Simulator.Seed}, time {Simulator.Now}, {DescribeHeads()})"));
        }
    }

    private string DescribeHeads()
    {
        var text = new StringBuilder("heads");
        foreach (SimulatedNode node in Nodes)
        {
            string head = TryMachineOf(node) is { } machine ? $"{machine.Head.Height.Value}/{machine.Head.Id}" : "down";
            text.Append(CultureInfo.InvariantCulture, $" {node.Name}:{head}");
        }

        return text.ToString();
    }

    private FullNodeOptions OptionsFor(SimulatedNode node, bool producesBlocks, PeerAddress[] bootstrap) => new()
    {
        Self = node.Peer,
        Listen = node.Address,
        Judgements = Simulator.ShardOf(node).Judgements,
        Bootstrap = bootstrap,
        Engine = new EngineOptions { ProducesBlocks = producesBlocks, SearchStart = (ulong)node.Index << 48 },
        Gossip = gossip => gossip with { Peers = gossip.Peers with { OutboundSlots = _options.OutboundSlots } },
    };

    private PeerAddress[] ChooseBootstrap()
    {
        if (Nodes.Count == 0)
        {
            return [];
        }

        var chosen = new SortedSet<int> { Nodes.Count - 1 };
        for (int i = 0; i < _options.Chords; i++)
        {
            chosen.Add(_random.NextIndex(Nodes.Count));
        }

        return [.. chosen.Select(index => Nodes[index].Address)];
    }
}
