using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Playing;

/// <summary>The chain above gossip, as small as it can be: the highest header wins, every block with a parent is valid.</summary>
internal sealed class FakeChain : IChainView
{
    private const int BodiesAhead = 256;

    /// <summary>How many blocks the head moves until more bodies are asked for.</summary>
    private const ulong MoreEvery = 32;

    private readonly Dictionary<BlockId, BlockHeader> _headers = new() { [Chains.Genesis.Id] = Chains.Genesis.Header };
    private readonly Dictionary<BlockId, Block> _blocks = new() { [Chains.Genesis.Id] = Chains.Genesis };
    private readonly Dictionary<TransactionId, Transaction> _pool = [];
    private readonly List<BlockHeader> _best = [Chains.Genesis.Header];

    public BlockHeader Head { get; private set; } = Chains.Genesis.Header;

    public int Transactions => _pool.Count;

    public bool TakesTransactions { get; set; } = true;

    /// <summary>How often something was handed up that was there already.</summary>
    public int Repeats { get; private set; }

    public IReadOnlyList<BlockId> Locator
    {
        get
        {
            var locator = new List<BlockId>();
            ulong step = 1;
            for (ulong height = Head.Height.Value; locator.Count < WireLimits.LocatorIds - 1; height -= step)
            {
                locator.Add(_best[(int)height].Id);
                step = locator.Count > 8 ? step * 2 : 1;
                if (height < step)
                {
                    break;
                }
            }

            if (locator[^1] != Chains.Genesis.Id)
            {
                locator.Add(Chains.Genesis.Id);
            }

            return locator;
        }
    }

    public IReadOnlyList<BlockHeader> HeadersAfter(IReadOnlyList<BlockId> locator, int max)
    {
        int start = 0;
        foreach (BlockId id in locator)
        {
            if (_headers.TryGetValue(id, out BlockHeader? header) && IsOnBest(header) && header.Height <= Head.Height)
            {
                start = (int)header.Height.Value;
                break;
            }
        }

        return _best.GetRange(start + 1, Math.Min((int)Head.Height.Value - start, max));
    }

    public bool KnowsHeader(BlockId id) => _headers.ContainsKey(id);

    public bool HasBlock(BlockId id) => _blocks.ContainsKey(id);

    public bool KnowsTransaction(TransactionId id) => _pool.ContainsKey(id);

    public IEnumerable<Transaction> WaitingTransactions => _pool.Values;

    public bool TryGetTransaction(TransactionId id, [NotNullWhen(true)] out Transaction? transaction) =>
        _pool.TryGetValue(id, out transaction);

    public bool Add(Transaction transaction) => _pool.TryAdd(transaction.Id, transaction);

    /// <summary>Takes headers without their bodies.</summary>
    public void Learn(IEnumerable<Block> blocks)
    {
        foreach (Block block in blocks)
        {
            _headers[block.Id] = block.Header;
            Consider(block.Header);
        }
    }

    /// <summary>Takes blocks of this node's own.</summary>
    public void Add(IEnumerable<Block> blocks)
    {
        foreach (Block block in blocks)
        {
            _headers[block.Id] = block.Header;
            _blocks[block.Id] = block;
            Consider(block.Header);
        }

        MoveHead();
    }

    public GossipInput.HeadChanged HeadChanged(BlockHeader before) =>
        new(Head, Locator, _best.GetRange((int)before.Height.Value + 1, (int)(Head.Height.Value - before.Height.Value)));

    /// <summary>What the chain says to an event of gossip.</summary>
    public IEnumerable<GossipInput> Answer(GossipEvent gossipEvent) => gossipEvent switch
    {
        GossipEvent.HeadersReceived headers => Judge(headers),
        GossipEvent.BlockReceived block => Take(block),
        GossipEvent.TransactionsReceived transactions => Take(transactions),
        GossipEvent.BlocksRequested requested => [Load(requested)],
        _ => [],
    };

    private IEnumerable<GossipInput> Judge(GossipEvent.HeadersReceived received)
    {
        if (!_headers.ContainsKey(received.Headers[0].Parent))
        {
            yield return new GossipInput.HeadersJudged(received.Connection, HeadersVerdict.UnknownParent, 0);
            yield break;
        }

        int added = 0;
        foreach (BlockHeader header in received.Headers)
        {
            added += _headers.TryAdd(header.Id, header) ? 1 : 0;
            Consider(header);
        }

        yield return new GossipInput.HeadersJudged(received.Connection, HeadersVerdict.Accepted, added);
        yield return new GossipInput.NeedBlocks(MissingBodies(), [received.Connection]);
    }

    private IEnumerable<GossipInput> Take(GossipEvent.BlockReceived received)
    {
        Repeats += _blocks.TryAdd(received.Block.Id, received.Block) ? 0 : 1;
        yield return new GossipInput.BlockAccepted(received.Block.Id);
        BlockHeader before = Head;
        MoveHead();
        if (Head != before)
        {
            yield return HeadChanged(before);
            if (Head.Height.Value / MoreEvery != before.Height.Value / MoreEvery)
            {
                yield return new GossipInput.NeedBlocks(MissingBodies(), []);
            }
        }
    }

    private IEnumerable<GossipInput> Take(GossipEvent.TransactionsReceived received)
    {
        if (!TakesTransactions)
        {
            return received.Transactions.Select(transaction =>
                new GossipInput.TransactionRefused(transaction.Id, received.Connection, Misbehaviour.None));
        }

        Repeats += received.Transactions.Count(transaction => !Add(transaction));
        return [new GossipInput.TransactionsAdmitted(received.Transactions.Select(t => t.Id).ToList())];
    }

    private GossipInput.BlocksLoaded Load(GossipEvent.BlocksRequested requested) => new(
        requested.Connection,
        requested.Ids.Where(HasBlock).Select(id => _blocks[id]).ToList(),
        requested.Ids.Where(id => !HasBlock(id)).ToList());

    private List<WantedBlock> MissingBodies()
    {
        var missing = new List<WantedBlock>();
        for (int i = (int)Head.Height.Value + 1; i < _best.Count && missing.Count < BodiesAhead; i++)
        {
            if (!_blocks.ContainsKey(_best[i].Id))
            {
                missing.Add(new WantedBlock(_best[i].Id, _best[i].Height));
            }
        }

        return missing;
    }

    private bool IsOnBest(BlockHeader header) =>
        header.Height.Value < (ulong)_best.Count && _best[(int)header.Height.Value].Id == header.Id;

    private void Consider(BlockHeader header)
    {
        if (header.Height.Value < (ulong)_best.Count)
        {
            return;
        }

        var branch = new List<BlockHeader>();
        for (BlockHeader on = header; !IsOnBest(on); on = _headers[on.Parent])
        {
            branch.Add(on);
        }

        branch.Reverse();
        int from = (int)branch[0].Height.Value;
        _best.RemoveRange(from, _best.Count - from);
        _best.AddRange(branch);
        if (!IsOnBest(Head))
        {
            Head = _best[from - 1];
        }
    }

    private void MoveHead()
    {
        while (Head.Height.Value + 1 < (ulong)_best.Count && _blocks.ContainsKey(_best[(int)Head.Height.Value + 1].Id))
        {
            Head = _best[(int)Head.Height.Value + 1];
        }
    }
}
