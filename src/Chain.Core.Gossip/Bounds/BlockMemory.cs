using System.Numerics;
using Chain.Core.Crypto;

namespace Chain.Core.Gossip;

/// <summary>
/// Remembers marks of blocks: between half of its capacity and all of it of the blocks that were added last, the older ones
/// forgotten together. It keeps 60 bits of each id, under the node's own key, and its marks beside them, in one table by open
/// addressing: there is one for every peer, and every announcement looks into it. A part of whoever has it: not to be copied.
/// </summary>
internal struct BlockMemory(int capacity, IdComparer comparer)
{
    private const int FirstSlots = 8;
    private const int FewEntries = 64;
    private const ulong MarkBits = 7;

    /// <summary>Which of two generations a block is of: the younger one has the value of <see cref="_young"/>.</summary>
    private const ulong GenerationBit = 8;

    private const ulong IdBits = ~(MarkBits | GenerationBit);

    private ulong[] _slots = [];
    private ulong _young;
    private int _youngCount;

    /// <summary>How many blocks are remembered.</summary>
    public int Count { get; private set; }

    public readonly bool Has(in Hash256 id, BlockMark mark)
    {
        ulong kept = Kept(in id);
        return _slots.Length > 0 && (_slots[SlotOf(_slots, kept)] & (ulong)mark) != 0;
    }

    /// <summary>Adds marks to a block; which of them it had.</summary>
    public BlockMark Add(in Hash256 id, BlockMark marks)
    {
        ulong kept = Kept(in id);
        if (_slots.Length > 0)
        {
            ref ulong slot = ref _slots[SlotOf(_slots, kept)];
            if (slot != 0)
            {
                var before = (BlockMark)(slot & MarkBits);
                slot |= (ulong)marks;
                return before & marks;
            }
        }

        Insert(kept, marks);
        return BlockMark.None;
    }

    private void Insert(ulong kept, BlockMark marks)
    {
        if (_youngCount >= capacity / 2)
        {
            ForgetOlder();
        }

        if ((Count + 1) * 4 > _slots.Length * 3)
        {
            Put(_slots, new ulong[int.Max(FirstSlots, _slots.Length * 2)]);
        }

        _slots[SlotOf(_slots, kept)] = kept | _young | (ulong)marks;
        _youngCount++;
        Count++;
    }

    private void ForgetOlder()
    {
        Span<ulong> kept = _youngCount <= FewEntries ? stackalloc ulong[FewEntries] : new ulong[_youngCount];
        int count = 0;
        foreach (ulong entry in _slots)
        {
            if (entry != 0 && (entry & GenerationBit) == _young)
            {
                kept[count++] = entry;
            }
        }

        Array.Clear(_slots);
        Put(kept[..count], _slots);
        Count = count;
        _young ^= GenerationBit;
        _youngCount = 0;
    }

    /// <summary>Goes on with other slots, which are free.</summary>
    private void Put(ReadOnlySpan<ulong> entries, ulong[] slots)
    {
        foreach (ulong entry in entries)
        {
            if (entry != 0)
            {
                slots[SlotOf(slots, entry & IdBits)] = entry;
            }
        }

        _slots = slots;
    }

    /// <summary>What is kept of an id; not zero, which is a free slot.</summary>
    private readonly ulong Kept(in Hash256 id)
    {
        ulong kept = comparer.Fingerprint(in id) & IdBits;
        return kept == 0 ? IdBits : kept;
    }

    /// <summary>Where it stands, or the free slot where it belongs.</summary>
    private static int SlotOf(ulong[] slots, ulong kept)
    {
        int mask = slots.Length - 1;
        int slot = (int)(kept >> (64 - BitOperations.Log2((uint)slots.Length)));
        while (slots[slot] != 0 && (slots[slot] & IdBits) != kept)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
