using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Blocks at hand, bounded in bytes; the oldest goes first.</summary>
internal sealed class BodyCache(long maxBytes)
{
    private readonly Dictionary<BlockId, Block> _blocks = [];
    private readonly Queue<BlockId> _order = new();
    private long _bytes;

    public void Add(Block block)
    {
        if (!_blocks.TryAdd(block.Id, block))
        {
            return;
        }

        _order.Enqueue(block.Id);
        _bytes += block.Encoded.Length;
        while (_bytes > maxBytes && _order.Count > 1)
        {
            if (_blocks.Remove(_order.Dequeue(), out Block? oldest))
            {
                _bytes -= oldest.Encoded.Length;
            }
        }
    }

    public bool TryGet(BlockId id, [NotNullWhen(true)] out Block? block) => _blocks.TryGetValue(id, out block);
}
