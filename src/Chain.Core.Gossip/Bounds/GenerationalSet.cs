using Chain.Core.Crypto;

namespace Chain.Core.Gossip;

/// <summary>
/// Remembers between half of its capacity and all of it of the ids added last, and forgets in halves. It keeps 64 bits of
/// each, under the node's own key: there is one for every peer, and ids whole would take four times as much.
/// </summary>
internal sealed class GenerationalSet(int capacity, IdComparer comparer)
{
    private FingerprintTable _young;
    private FingerprintTable _old;

    public int Count => _young.Count + _old.Count;

    public bool Contains(Hash256 id)
    {
        ulong fingerprint = comparer.Fingerprint(in id);
        return _young.Contains(fingerprint) || _old.Contains(fingerprint);
    }

    /// <summary>Adds an id; false where it is remembered already.</summary>
    public bool Add(Hash256 id)
    {
        ulong fingerprint = comparer.Fingerprint(in id);
        if (_young.Contains(fingerprint) || _old.Contains(fingerprint))
        {
            return false;
        }

        if (_young.Count >= capacity / 2)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        _young.Add(fingerprint);
        return true;
    }
}
