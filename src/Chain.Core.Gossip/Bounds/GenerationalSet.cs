using Chain.Core.Crypto;

namespace Chain.Core.Gossip;

/// <summary>Remembers between half of its capacity and all of it of the ids added last, and forgets in halves.</summary>
internal sealed class GenerationalSet(int capacity, IdComparer comparer)
{
    private HashSet<Hash256>? _young;
    private HashSet<Hash256>? _old;

    public int Count => (_young?.Count ?? 0) + (_old?.Count ?? 0);

    public bool Contains(Hash256 id) => _young?.Contains(id) == true || _old?.Contains(id) == true;

    /// <summary>Adds an id; false where it is remembered already.</summary>
    public bool Add(Hash256 id)
    {
        if (Contains(id))
        {
            return false;
        }

        _young ??= new HashSet<Hash256>(comparer);
        if (_young.Count >= capacity / 2)
        {
            (_young, _old) = (_old ?? new HashSet<Hash256>(comparer), _young);
            _young.Clear();
        }

        return _young.Add(id);
    }
}
