namespace Chain.Core.Gossip;

/// <summary>A set of peers, one bit for each <see cref="Peer.Slot"/>. Takes no memory of its own for the first 64 slots.</summary>
internal struct PeerMarks
{
    private const int WordBits = 64;

    private ulong _first;
    private ulong[]? _rest;

    public readonly bool Contains(int slot)
    {
        int word = slot / WordBits;
        return word == 0 ? (_first >> slot & 1) != 0
            : word <= _rest?.Length && (_rest[word - 1] >> slot & 1) != 0;
    }

    /// <summary>Adds a peer; false where it is in the set already.</summary>
    public bool Add(int slot)
    {
        ulong bit = 1UL << slot;
        int word = slot / WordBits;
        if (word > (_rest?.Length ?? 0))
        {
            Array.Resize(ref _rest, word);
        }

        ref ulong bits = ref word == 0 ? ref _first : ref _rest![word - 1];
        bool isNew = (bits & bit) == 0;
        bits |= bit;
        return isNew;
    }

    /// <summary>Takes all peers of another set out.</summary>
    public void Remove(in PeerMarks others)
    {
        _first &= ~others._first;
        for (int i = 0; i < int.Min(_rest?.Length ?? 0, others._rest?.Length ?? 0); i++)
        {
            _rest![i] &= ~others._rest![i];
        }
    }
}
