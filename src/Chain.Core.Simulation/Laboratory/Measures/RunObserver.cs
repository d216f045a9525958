using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Follows what the nodes of a run tell: blocks, heads, finality, transactions. It changes nothing in the run.</summary>
internal sealed class RunObserver
{
    private readonly SimulatedChain _chain;
    private readonly int? _finalDepth;
    private readonly Dictionary<BlockId, BlockRecord> _blocks = [];
    private readonly List<BlockRecord> _inOrder = [];
    private readonly Dictionary<TransactionId, TransactionRecord> _load = [];
    private readonly Dictionary<TransactionId, TransactionRecord> _spam = [];
    private readonly Dictionary<int, NodeRecord> _nodes = [];
    private readonly Dictionary<int, BlockRecord> _finalByHeight = [];
    private readonly List<int> _reorganisations = [];
    private readonly List<TransactionRecord> _none = [];
    private readonly Stack<BlockRecord> _becomingFinal = [];

    public RunObserver(SimulatedChain chain, int? finalDepth)
    {
        _chain = chain;
        _finalDepth = finalDepth;
        chain.Tally.Observed += Observe;
    }

    /// <summary>Every block that was made, in the order of making.</summary>
    public IReadOnlyList<BlockRecord> Blocks => _inOrder;

    /// <summary>The transactions of the load.</summary>
    public IReadOnlyDictionary<TransactionId, TransactionRecord> Load => _load;

    /// <summary>The blocks that each reorganisation undid, those of all nodes together.</summary>
    public IReadOnlyList<int> Reorganisations => _reorganisations;

    /// <summary>What breaks the promise of finality, the first of it; null while nothing does.</summary>
    public string? SafetyFault { get; private set; }

    /// <summary>How many transactions of the load are final.</summary>
    public int FinalCount { get; private set; }

    /// <summary>Told when a transaction of the load, or of an attacker, is included or refused, by its node.</summary>
    public Action<TransactionRecord, bool>? Settled { get; set; }

    public void Add(TransactionRecord record) => (record.IsSpam ? _spam : _load).Add(record.Transaction.Id, record);

    public NodeRecord Of(int node)
    {
        if (!_nodes.TryGetValue(node, out NodeRecord? record))
        {
            record = new NodeRecord();
            _nodes.Add(node, record);
        }

        return record;
    }

    private void Observe(SimulatedNode node, NodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvent.BlockStored stored:
                RecordOf(stored.Block, node).Arrivals.Add(_chain.Simulator.Now);
                break;
            case NodeEvent.HeadMoved moved:
                OnHeadMoved(node, moved);
                break;
            case NodeEvent.BlockFinalized final when _finalDepth is null && _blocks.TryGetValue(final.Block, out BlockRecord? block):
                Of(node.Index).FinalizedTo = int.Max(Of(node.Index).FinalizedTo, (int)block.Height);
                Finalize(node.Index);
                break;
            case NodeEvent.TransactionRefused refused when TryFind(refused.Id, out TransactionRecord? record)
                && record.Home == node.Index && record.Included is null:
                Settled?.Invoke(record, false);
                break;
        }
    }

    private bool TryFind(TransactionId id, [NotNullWhen(true)] out TransactionRecord? record) =>
        _load.TryGetValue(id, out record) || _spam.TryGetValue(id, out record);

    private BlockRecord RecordOf(Block block, SimulatedNode node)
    {
        if (_blocks.TryGetValue(block.Id, out BlockRecord? known))
        {
            return known;
        }

        var record = new BlockRecord(
            block.Header, _blocks.GetValueOrDefault(block.Header.Parent), node.Index, _chain.Simulator.Now, _chain.Nodes.Count)
        {
            Transactions = block.Transactions.Count,
            Bytes = block.Encoded.Length,
        };
        foreach (Transaction transaction in block.Transactions)
        {
            if (TryFind(transaction.Id, out TransactionRecord? sent))
            {
                if (!record.ByHome.TryGetValue(sent.Home, out List<TransactionRecord>? ofHome))
                {
                    record.ByHome.Add(sent.Home, ofHome = []);
                }

                ofHome.Add(sent);
                record.Load += sent.IsSpam ? 0 : 1;
                record.Spam += sent.IsSpam ? 1 : 0;
            }
        }

        _blocks.Add(block.Id, record);
        _inOrder.Add(record);
        return record;
    }

    private void OnHeadMoved(SimulatedNode node, NodeEvent.HeadMoved moved)
    {
        NodeRecord record = Of(node.Index);
        if (moved.Unapplied.Count > 0)
        {
            _reorganisations.Add(moved.Unapplied.Count);
            for (int undone = 0; undone < moved.Unapplied.Count; undone++)
            {
                record.Head = record.Head!.Parent;
            }

            if (record.FinalHeight > record.Height)
            {
                Fault($"n{node.Index} undid {record.FinalHeight - record.Height} final blocks, down to height {record.Height + 1}");
                record.FinalHeight = record.Height;
            }
        }

        foreach (Block block in moved.Applied)
        {
            BlockRecord applied = RecordOf(block, node);
            record.Head = applied;
            if (applied.ByHome.TryGetValue(node.Index, out List<TransactionRecord>? ofHome))
            {
                Include(ofHome);
            }
        }

        Finalize(node.Index);
    }

    private void Include(List<TransactionRecord> ofHome)
    {
        foreach (TransactionRecord sent in ofHome)
        {
            if (sent.Included is null)
            {
                sent.Included = _chain.Simulator.Now;
                Settled?.Invoke(sent, true);
            }
        }
    }

    private void Finalize(int node)
    {
        NodeRecord record = Of(node);
        int to = _finalDepth is { } depth ? record.Height - depth : int.Min(record.Height, record.FinalizedTo);
        if (to <= record.FinalHeight)
        {
            return;
        }

        for (BlockRecord? block = record.Head; block is not null && (int)block.Height > record.FinalHeight; block = block.Parent)
        {
            if ((int)block.Height <= to)
            {
                _becomingFinal.Push(block);
            }
        }

        while (_becomingFinal.TryPop(out BlockRecord? next))
        {
            Finalize(node, next);
        }

        record.FinalHeight = to;
    }

    private void Finalize(int node, BlockRecord block)
    {
        block.Final ??= _chain.Simulator.Now;
        var height = (int)block.Height;
        if (_finalByHeight.TryAdd(height, block) || ReferenceEquals(_finalByHeight[height], block))
        {
            foreach (TransactionRecord sent in block.ByHome.GetValueOrDefault(node) ?? _none)
            {
                FinalCount += sent is { Final: null, IsSpam: false } ? 1 : 0;
                sent.Final ??= _chain.Simulator.Now;
            }
        }
        else
        {
            Fault($"two final blocks at height {height}, one of them at n{node}");
        }
    }

    private void Fault(string what) =>
        SafetyFault ??= string.Create(CultureInfo.InvariantCulture, $"{what} at {_chain.Simulator.Now}");
}
