using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// The blocks that were made or received last: those that compact blocks are made of, and where transactions of a
/// competing block are found that are in the pool no more.
/// </summary>
internal sealed class RecentBlocks
{
    private const int MaxBlocks = 10;
    private const long MaxBytes = 4L * WireLimits.BlockBytes;

    private readonly List<RecentBlock> _blocks = [];
    private long _bytes;

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<RecentBlock> All => _blocks;

    public void Add(RecentBlock added)
    {
        if (TryGet(added.Block.Id, out _))
        {
            return;
        }

        _blocks.Add(added);
        _bytes += added.Block.Encoded.Length;
        while (_blocks.Count > MaxBlocks || (_bytes > MaxBytes && _blocks.Count > 1))
        {
            RemoveAt(0);
        }
    }

    public bool TryGet(BlockId id, [NotNullWhen(true)] out RecentBlock? found)
    {
        int place = PlaceOf(id);
        found = place >= 0 ? _blocks[place] : null;
        return found is not null;
    }

    /// <summary>Forgets a block that turned out not to be valid.</summary>
    public void Remove(BlockId id)
    {
        int place = PlaceOf(id);
        if (place >= 0)
        {
            RemoveAt(place);
        }
    }

    /// <summary>Mostly it is about the newest.</summary>
    private int PlaceOf(BlockId id)
    {
        int place = _blocks.Count - 1;
        while (place >= 0 && _blocks[place].Block.Id != id)
        {
            place--;
        }

        return place;
    }

    private void RemoveAt(int index)
    {
        _bytes -= _blocks[index].Block.Encoded.Length;
        _blocks.RemoveAt(index);
    }
}
