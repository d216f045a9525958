using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// Watches the nodes of a <see cref="SimulatedChain"/> while they run. The first time that something is wrong the run
/// ends with a <see cref="SimulationException"/> that names the seed, the time and the node.
/// <list type="bullet">
/// <item><description>Nodes that hear of the same blocks agree: no node's head is lighter than a block that it judged valid.</description></item>
/// <item><description>Every stored block, executed anew by an oracle of its own, is valid, and its state root comes out.</description></item>
/// <item><description>The supply of coins after every block is that of genesis.</description></item>
/// <item><description>No transaction is applied while it is applied, or undone while it is not; nonces of each sender ascend by one.</description></item>
/// <item><description>A restarted node knows each head that it told of, and its head is no lighter.</description></item>
/// <item><description>A finalized block is never undone.</description></item>
/// </list>
/// </summary>
public sealed class ChainInvariants
{
    private readonly SimulatedChain _chain;
    private readonly HashSet<BlockId> _executed = [];
    private readonly Dictionary<SimulatedNode, NodeHistory> _histories = [];
    private readonly IHeaderRules _rules;
    private readonly ulong _supply;

    private ChainInvariants(SimulatedChain chain)
    {
        _chain = chain;
        Ledger.Genesis genesis = Ledger.Genesis.Create(
            chain.Definition.Ledger, chain.Genesis, chain.Definition.Consensus.GenesisSeal.Span);
        Oracle.Write(genesis.Writes, Durability.Durable);
        _executed.Add(genesis.Block.Id);
        _rules = chain.Definition.Consensus.CreateRules(genesis.Block.Header);
        _supply = chain.Token.SupplyOf(genesis.State);
    }

    /// <summary>How many blocks the oracle has executed.</summary>
    public int ExecutedBlocks => _executed.Count - 1;

    /// <summary>How many restarts were checked against what the node had told.</summary>
    public int CheckedRestarts { get; private set; }

    private SimulatedDisk Oracle { get; } = new();

    /// <summary>Watches a chain from now on; its nodes have not run yet.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="weightDecides">Whether its engine follows the heaviest valid chain; one with votes follows them.</param>
    public static ChainInvariants Watch(SimulatedChain chain, bool weightDecides = true)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var invariants = new ChainInvariants(chain);
        chain.Tally.Observed += invariants.Observe;
        if (weightDecides)
        {
            chain.Simulator.AddInvariant("a head is no lighter than what the node knows to be valid", invariants.FindLightHead);
        }

        return invariants;
    }

    private void Observe(SimulatedNode node, NodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvent.BlockStored stored:
                OnStored(node, stored);
                break;
            case NodeEvent.HeadMoved moved:
                HistoryOf(node).Move(moved);
                break;
            case NodeEvent.BlockFinalized final:
                HistoryOf(node).Finalize(final.Block);
                break;
            case NodeEvent.Ready ready:
                CheckedRestarts += HistoryOf(node).Restart(ready.Head) ? 1 : 0;
                break;
        }
    }

    private NodeHistory HistoryOf(SimulatedNode node)
    {
        if (!_histories.TryGetValue(node, out NodeHistory? history))
        {
            history = new NodeHistory(_chain, node);
            _histories.Add(node, history);
        }

        return history;
    }

    /// <summary>Executes a block, and before it those that a node stored without living long enough to tell.</summary>
    private void OnStored(SimulatedNode node, NodeEvent.BlockStored stored)
    {
        var blocks = new Stack<Block>();
        for (Block block = stored.Block; !_executed.Contains(block.Id); block = ParentOf(node, block))
        {
            blocks.Push(block);
        }

        while (blocks.TryPop(out Block? block))
        {
            Execute(node, block, ParentOf(node, block).Header.Fields.StateRoot);
        }
    }

    private Block ParentOf(SimulatedNode node, Block block) =>
        ChainRecords.TryReadBlock(node.Disk, block.Header.Parent, out Block? parent)
            ? parent
            : throw _chain.Simulator.Broken($"{node.Name} stored block #{block.Height} {block.Id} without its parent");

    private void Execute(SimulatedNode node, Block block, Hash256 parentStateRoot)
    {
        BlockActivity? activity = _rules.ActivityBefore(block.Height, new StoredAncestors(node.Disk, block.Header));
        var job = new ExecuteBlockJob(_chain.Definition.Ledger, _chain.Definition.GenesisId, parentStateRoot, block, activity);
        var executed = (BlockExecuted)job.Run(Oracle);
        if (!executed.IsValid)
        {
            throw _chain.Simulator.Broken($"{node.Name} stored block #{block.Height} {block.Id}, which is not valid: {executed.Reason}");
        }

        Oracle.Write(executed.Writes, Durability.Durable);
        _executed.Add(block.Id);
        CheckSupply(node, block);
    }

    private void CheckSupply(SimulatedNode node, Block block)
    {
        ChainState state = ChainState.Open(Oracle, block.Header.Fields.StateRoot);
        ulong sum = 0;
        foreach (AccountAddress holder in _chain.Holders)
        {
            sum += _chain.Token.BalanceOf(state, holder);
        }

        if (sum != _supply || _chain.Token.SupplyOf(state) != _supply)
        {
            throw _chain.Simulator.Broken($"after block #{block.Height} {block.Id} of {node.Name} the balances sum up to {sum}, the supply was {_supply}");
        }
    }

    private string? FindLightHead()
    {
        foreach (SimulatedNode node in _chain.Nodes)
        {
            if (SimulatedChain.TryMachineOf(node) is { } machine
                && machine.Tree.Heaviest is { Status: BlockStatus.Valid } heaviest
                && machine.Tree.Head.Weight < heaviest.Weight)
            {
                return $"{node.Name} is at #{machine.Head.Height} {machine.Head.Id} and knows #{heaviest.Height} {heaviest.Id}";
            }
        }

        return null;
    }
}
