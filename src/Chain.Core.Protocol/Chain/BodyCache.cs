using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Blocks at hand, bounded in bytes; the oldest goes first.</summary>
internal sealed class BodyCache(long maxBytes)
{
    private readonly Dictionary<BlockId, (Block Block, ConnectionId? Origin)> _blocks = [];
    private readonly Queue<BlockId> _order = new();
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

    public bool TryGet(BlockId id, [NotNullWhen(true)] out Block? block)
    {
        bool found = _blocks.TryGetValue(id, out (Block Block, ConnectionId? Origin) entry);
        block = entry.Block;
        return found;
    }

    /// <summary>Who delivered the block; null for one's own and for blocks that are not here.</summary>
    public ConnectionId? OriginOf(BlockId id) => _blocks.TryGetValue(id, out (Block Block, ConnectionId? Origin) entry) ? entry.Origin : null;
}
