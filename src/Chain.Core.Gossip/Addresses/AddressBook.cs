using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Where peers may be found. Bounded: when it is full, one of a few random addresses makes room, the least reachable.</summary>
internal sealed class AddressBook(int capacity)
{
    private const int EvictionDraws = 8;

    private readonly List<AddressEntry> _entries = [];
    private readonly Dictionary<PeerAddress, AddressEntry> _byAddress = [];

    public int Count => _entries.Count;

    public AddressEntry? Find(PeerAddress address) => _byAddress.GetValueOrDefault(address);

    /// <summary>The entry of an address, a new one if need be; null where the book has no room for it.</summary>
    public AddressEntry? Add(PeerAddress address, bool isBootstrap, DeterministicRandom random)
    {
        if (Find(address) is { } known)
        {
            return known;
        }

        if (_entries.Count >= capacity && !isBootstrap && !TryEvict(random))
        {
            return null;
        }

        var entry = new AddressEntry(address, isBootstrap);
        _entries.Add(entry);
        _byAddress.Add(address, entry);
        return entry;
    }

    public void Remove(AddressEntry entry)
    {
        if (_byAddress.Remove(entry.Address))
        {
            _entries.Remove(entry);
        }
    }

    /// <summary>A random address that may be dialled now; null where there is none.</summary>
    public AddressEntry? PickToDial(Instant now, DeterministicRandom random)
    {
        AddressEntry? picked = null;
        int seen = 0;
        foreach (AddressEntry entry in _entries)
        {
            if (entry.Uses == 0 && entry.NotBefore <= now && random.NextIndex(++seen) == 0)
            {
                picked = entry;
            }
        }

        return picked;
    }

    /// <summary>When the next address may be dialled; null where all are held.</summary>
    public Instant? NextDial()
    {
        Instant? next = null;
        foreach (AddressEntry entry in _entries)
        {
            if (entry.Uses == 0 && (next is null || entry.NotBefore < next))
            {
                next = entry.NotBefore;
            }
        }

        return next;
    }

    /// <summary>Up to <paramref name="max"/> random addresses, those that keep failing left out.</summary>
    public PeerAddress[] Sample(int max, int maxFailures, DeterministicRandom random)
    {
        var candidates = new List<PeerAddress>(_entries.Count);
        foreach (AddressEntry entry in _entries)
        {
            if (entry.Failures <= maxFailures)
            {
                candidates.Add(entry.Address);
            }
        }

        PeerAddress[] shuffled = [.. candidates];
        random.Shuffle<PeerAddress>(shuffled);
        return shuffled.Length <= max ? shuffled : shuffled[..max];
    }

    private bool TryEvict(DeterministicRandom random)
    {
        AddressEntry? worst = null;
        for (int draw = 0; draw < EvictionDraws; draw++)
        {
            AddressEntry candidate = _entries[random.NextIndex(_entries.Count)];
            bool isFree = !candidate.IsBootstrap && candidate.Uses == 0;
            if (isFree && (worst is null || candidate.Failures > worst.Failures))
            {
                worst = candidate;
            }
        }

        if (worst is not null)
        {
            Remove(worst);
        }

        return worst is not null;
    }
}
