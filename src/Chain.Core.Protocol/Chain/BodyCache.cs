using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Blocks at hand, bounded in bytes, and those that were judged in number; the oldest goes first.</summary>
internal sealed class BodyCache(long maxBytes)
{
    /// <summary>Judged blocks beyond these are read from the store where somebody asks for them.</summary>
    private const int MaxJudged = 32;

    private readonly Dictionary<BlockId, (Block Block, ConnectionId? Origin)> _blocks = [];
    private readonly Queue<BlockId> _order = new();
    private readonly Queue<BlockId> _judged = new();
    private long _bytes;

    public void Add(Block block, ConnectionId? origin)
    {
        if (!_blocks.TryAdd(block.Id, (block, origin)))
        {
            return;
        }

        _order.Enqueue(block.Id);
        _bytes += block.Encoded.Length;
        while (_bytes > maxBytes && _order.Count > 1)
        {
            if (_blocks.Remove(_order.Dequeue(), out (Block Block, ConnectionId? Origin) oldest))
            {
                _bytes -= oldest.Block.Encoded.Length;
            }
        }
    }

    /// <summary>
    /// Says that a block was found valid: it stays at hand for the moves of the head that follow and for peers, and goes when
    /// many more were. What else came under its id, with other signatures, does not.
    /// </summary>
    public void Settle(Block block)
    {
        if (_blocks.TryGetValue(block.Id, out (Block Block, ConnectionId? Origin) kept) && !ReferenceEquals(kept.Block, block))
        {
            _bytes += block.Encoded.Length - kept.Block.Encoded.Length;
            _blocks[block.Id] = (block, kept.Origin);
        }

        _judged.Enqueue(block.Id);
        if (_judged.Count <= MaxJudged)
        {
            return;
        }

        if (_blocks.Remove(_judged.Dequeue(), out (Block Block, ConnectionId? Origin) old))
        {
            _bytes -= old.Block.Encoded.Length;
        }

        if (_order.Count >= 2 * int.Max(_blocks.Count, MaxJudged))
        {
            BlockId[] left = [.. _order.Where(_blocks.ContainsKey)];
            _order.Clear();
            Array.ForEach(left, _order.Enqueue);
        }
    }

    public bool TryGet(BlockId id, [NotNullWhen(true)] out Block? block)
    {
        bool found = _blocks.TryGetValue(id, out (Block Block, ConnectionId? Origin) entry);
        block = entry.Block;
        return found;
    }

    /// <summary>Who delivered the block; null for one's own and for blocks that are not here.</summary>
    public ConnectionId? OriginOf(BlockId id) => _blocks.TryGetValue(id, out (Block Block, ConnectionId? Origin) entry) ? entry.Origin : null;
}
