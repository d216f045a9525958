namespace Chain.Core.Gossip;

/// <summary>
/// Numbers for peers, small and used again. A number that was given back is dirty until the marks under it are
/// cleared, which pays only for many at once.
/// </summary>
internal sealed class PeerSlots
{
    /// <summary>A mark set without memory of its own has room for so many.</summary>
    private const int FirstLimit = 64;

    private readonly SortedSet<int> _clean = [];
    private readonly List<int> _dirty = [];
    private int _limit = FirstLimit;
    private int _next;

    /// <summary>Takes the smallest clean number; false where <see cref="Recycle"/> should be called first.</summary>
    public bool TryTake(out int slot)
    {
        slot = 0;
        if (_clean.Count == 0 && _next >= _limit && _dirty.Count > 0)
        {
            return false;
        }

        slot = Take();
        return true;
    }

    /// <summary>Takes a clean number, a new one where there is none.</summary>
    public int Take()
    {
        if (_clean.Count == 0)
        {
            return _next++;
        }

        int slot = _clean.Min;
        _clean.Remove(slot);
        return slot;
    }

    public void GiveBack(int slot) => _dirty.Add(slot);

    /// <summary>Makes all dirty numbers clean: the caller clears the marks under those that are returned.</summary>
    public PeerMarks Recycle()
    {
        var marks = default(PeerMarks);
        foreach (int slot in _dirty)
        {
            marks.Add(slot);
            _clean.Add(slot);
        }

        // With few of them at a time, walks would be many: room for as many peers again as there are.
        _limit = int.Max(_limit, 2 * (_next - _dirty.Count));
        _dirty.Clear();
        return marks;
    }
}
