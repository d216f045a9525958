using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Blocks that nobody above can take yet: they came unasked, or were wanted by their id alone. Few, and of those that came unasked
/// few of a peer: what is pushed out is asked for like any other block when it is wanted.
/// </summary>
internal sealed class PushedBlocks
{
    private const int MaxBlocks = 16;
    private const int MaxBytes = 2 * WireLimits.BlockBytes;
    private const int MaxOfPeer = 2;

    private readonly List<PushedBlock> _blocks = [];
    private long _bytes;

    public int Count => _blocks.Count;

    public void Add(PushedBlock added)
    {
        int ofTheSame = 0;
        int oldest = -1;
        for (int i = _blocks.Count - 1; i >= 0; i--)
        {
            PushedBlock pushed = _blocks[i];
            if (pushed.Id == added.Id)
            {
                return;
            }

            if (!pushed.WasWanted && pushed.From == added.From)
            {
                ofTheSame++;
                oldest = i;
            }
        }

        if (!added.WasWanted && ofTheSame >= MaxOfPeer)
        {
            RemoveAt(oldest);
        }

        _blocks.Add(added);
        _bytes += added.Bytes;
        while (_blocks.Count > MaxBlocks || _bytes > MaxBytes)
        {
            RemoveAt(0);
        }
    }

    public bool TryTake(BlockId id, [NotNullWhen(true)] out PushedBlock? found)
    {
        for (int i = 0; i < _blocks.Count; i++)
        {
            if (_blocks[i].Id == id)
            {
                found = _blocks[i];
                RemoveAt(i);
                return true;
            }
        }

        found = null;
        return false;
    }

    public void Forget(ConnectionId gone)
    {
        for (int i = _blocks.Count - 1; i >= 0; i--)
        {
            if (_blocks[i].From == gone)
            {
                RemoveAt(i);
            }
        }
    }

    private void RemoveAt(int index)
    {
        _bytes -= _blocks[index].Bytes;
        _blocks.RemoveAt(index);
    }
}
