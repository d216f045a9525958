using Chain.Core.Consensus;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Soak;

/// <summary>
/// Everything that the nodes reported, as one tree of blocks with a head for each node. What a node reports that
/// it may not is kept as a violation. Not safe for several threads.
/// </summary>
internal sealed class ChainBook
{
    private readonly Dictionary<BlockId, SeenBlock> _blocks = [];
    private readonly Dictionary<BlockId, List<(BlockHeader Header, string[] Transactions)>> _orphans = [];
    private readonly IHeaderRules _rules;
    private readonly BlockId?[] _heads;
    private readonly BlockId?[] _headsBeforeKill;
    private readonly int[] _undoing;
    private SeenBlock? _byEngine;

    public ChainBook(ChainDefinition chain, int nodes)
    {
        _rules = chain.Consensus.CreateRules(chain.Genesis.Header);
        _heads = new BlockId?[nodes];
        _headsBeforeKill = new BlockId?[nodes];
        _undoing = new int[nodes];
        Final = new SeenBlock(chain.Genesis.Header, null, default, []);
        _blocks.Add(chain.GenesisId, Final);
    }

    /// <summary>The newest block that counts as final: so deep under an agreed head that no reorganisation may reach it.</summary>
    public SeenBlock Final { get; private set; }

    /// <summary>The greatest height that an engine called final; zero where none does.</summary>
    public ulong FinalByEngine => _byEngine?.Height ?? 0;

    public List<string> Violations { get; } = [];

    /// <summary>How often a node undid so many blocks at once, by depth.</summary>
    public SortedDictionary<int, int> Reorganisations { get; } = [];

    public int Blocks => _blocks.Count - 1;

    public void OnDone(BlockHeader header, string[] transactions)
    {
        if (_blocks.ContainsKey(header.Id))
        {
            return;
        }

        if (!_blocks.TryGetValue(header.Parent, out SeenBlock? parent))
        {
            // A line of a killed process can be lost; another node will report the block between.
            if (!_orphans.TryGetValue(header.Parent, out List<(BlockHeader, string[])>? waiting))
            {
                _orphans.Add(header.Parent, waiting = []);
            }

            waiting.Add((header, transactions));
            return;
        }

        var block = new SeenBlock(header, parent, parent.Weight + _rules.Weight(header), transactions);
        _blocks.Add(header.Id, block);
        if (_orphans.Remove(header.Id, out List<(BlockHeader Header, string[] Transactions)>? children))
        {
            children.ForEach(child => OnDone(child.Header, child.Transactions));
        }
    }

    public void OnUndone(int node, BlockHeader header)
    {
        _undoing[node]++;
        if (header.Height.Value <= Final.Height)
        {
            Violations.Add($"node {node} undid block #{header.Height} {header.Id}, which was final");
        }
    }

    public void OnHead(int node, BlockHeader head)
    {
        _heads[node] = head.Id;
        if (_undoing[node] > 0)
        {
            Reorganisations[_undoing[node]] = Reorganisations.GetValueOrDefault(_undoing[node]) + 1;
            _undoing[node] = 0;
        }
    }

    /// <summary>The engine of a node says that a block is final: no other node may ever have said so of one that is not on its chain.</summary>
    public void OnFinal(int node, BlockId id)
    {
        if (!_blocks.TryGetValue(id, out SeenBlock? block))
        {
            return; // a line of a killed process was lost; the next one tells of this block too
        }

        SeenBlock known = _byEngine ?? Final;
        (SeenBlock lower, SeenBlock higher) = block.Height < known.Height ? (block, known) : (known, block);
        if (!higher.Contains(lower))
        {
            Violations.Add($"fork: node {node} says that block #{block.Height} {id} is final, and #{known.Height} {known.Header.Id} is");
        }

        _byEngine = higher;
    }

    public void OnKilled(int node)
    {
        _headsBeforeKill[node] = _heads[node];
        _heads[node] = null;
        _undoing[node] = 0;
    }

    /// <summary>A restarted node must stand where it reported to stand before, or on a chain that outweighs that.</summary>
    public void OnReady(int node, BlockHeader head)
    {
        _heads[node] = head.Id;
        if (_headsBeforeKill[node] is not { } before || !_blocks.TryGetValue(before, out SeenBlock? reported))
        {
            return;
        }

        bool isKnown = _blocks.TryGetValue(head.Id, out SeenBlock? recovered);
        bool holds = isKnown
            ? recovered!.Contains(reported) || recovered.Weight > reported.Weight
            : head.Height.Value > reported.Height;
        if (!holds)
        {
            Violations.Add($"node {node} had reported block #{reported.Height} {before} and came back at #{head.Height} {head.Id}");
        }
    }

    public SeenBlock? HeadOf(int node) => _heads[node] is { } id ? _blocks.GetValueOrDefault(id) : null;

    /// <summary>
    /// The block that all these nodes have, <paramref name="below"/> under the heaviest head; null while they differ
    /// there or one of them is not known.
    /// </summary>
    public SeenBlock? FindAgreed(IEnumerable<int> nodes, ulong below)
    {
        SeenBlock?[] heads = [.. nodes.Select(HeadOf)];
        if (heads.Length == 0 || heads.Contains(null))
        {
            return null;
        }

        SeenBlock best = heads.MaxBy(head => head!.Weight)!;
        SeenBlock agreed = best.At(best.Height > below ? best.Height - below : 0);
        return Array.TrueForAll(heads, head => head!.Contains(agreed)) ? agreed : null;
    }

    /// <summary>Moves the final block to this depth of an agreed chain; returns the blocks that became final, oldest first.</summary>
    public IReadOnlyList<SeenBlock> Settle(SeenBlock agreed, int depth)
    {
        if (!agreed.Contains(Final))
        {
            Violations.Add($"all agree on block #{agreed.Height} {agreed.Header.Id}, and block #{Final.Height}, which was final, is not under it");
            return [];
        }

        var settled = new List<SeenBlock>();
        SeenBlock newest = agreed.At(Math.Max(agreed.Height - Math.Min(agreed.Height, (ulong)depth), Final.Height));
        for (SeenBlock block = newest; block != Final; block = block.Parent!)
        {
            settled.Add(block);
        }

        settled.Reverse();
        Final = newest;
        return settled;
    }
}
