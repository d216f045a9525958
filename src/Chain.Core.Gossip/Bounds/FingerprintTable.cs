using System.Numerics;

namespace Chain.Core.Gossip;

/// <summary>A set of fingerprints (<see cref="IdComparer.Fingerprint"/>) by open addressing, at most three quarters full.</summary>
internal struct FingerprintTable
{
    private const int FirstSlots = 8;

    /// <summary>What stands in a free slot; a fingerprint of this value is kept as its complement.</summary>
    private const ulong Free = 0;

    private ulong[]? _slots;

    public int Count { get; private set; }

    public readonly bool Contains(ulong fingerprint) =>
        _slots is { } slots && slots[SlotOf(slots, Kept(fingerprint))] != Free;

    /// <summary>Adds one that is not there.</summary>
    public void Add(ulong fingerprint)
    {
        _slots ??= new ulong[FirstSlots];
        if ((Count + 1) * 4 > _slots.Length * 3)
        {
            Grow();
        }

        ulong kept = Kept(fingerprint);
        _slots[SlotOf(_slots, kept)] = kept;
        Count++;
    }

    public void Clear()
    {
        Array.Clear(_slots ?? []);
        Count = 0;
    }

    private static ulong Kept(ulong fingerprint) => fingerprint == Free ? ~Free : fingerprint;

    /// <summary>Where it stands, or the free slot where it belongs.</summary>
    private static int SlotOf(ulong[] slots, ulong kept)
    {
        int mask = slots.Length - 1;
        int slot = (int)(kept >> (64 - BitOperations.Log2((uint)slots.Length)));
        while (slots[slot] != Free && slots[slot] != kept)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        ulong[] grown = new ulong[_slots!.Length * 2];
        foreach (ulong kept in _slots)
        {
            if (kept != Free)
            {
                grown[SlotOf(grown, kept)] = kept;
            }
        }

        _slots = grown;
    }
}
