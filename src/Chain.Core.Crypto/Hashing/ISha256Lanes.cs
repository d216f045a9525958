namespace Chain.Core.Crypto;

/// <summary>
/// SHA-256 on several messages in lockstep, one in each lane. Words, schedules and states are laid out
/// with the lanes innermost: word t of lane l stands at index t·<see cref="Count"/> + l. Buffers are
/// aligned to the width of a vector.
/// </summary>
internal unsafe interface ISha256Lanes
{
    /// <summary>How many lanes there are.</summary>
    static abstract int Count { get; }

    /// <summary>Reads one 64-byte block for each lane into words 0 to 15.</summary>
    static abstract void Load(byte** blocks, uint* words);

    /// <summary>
    /// Moves the sixteen words one byte to the right: <paramref name="prefix"/> comes in at the left, and
    /// the byte that falls out at the right stands at the left of the one word <paramref name="carry"/>,
    /// with the padding bit behind it.
    /// </summary>
    static abstract void ShiftInByte(uint* words, byte prefix, uint* carry);

    /// <summary>Expands words 0 to 15 to 64, in place, and adds to each its round constant.</summary>
    static abstract void Expand(uint* words, uint* schedule);

    /// <summary>The 64 rounds and the closing addition.</summary>
    static abstract void Rounds(uint* schedule, uint* state);

    /// <summary>Writes one 32-byte digest for each lane, end to end.</summary>
    static abstract void Store(uint* state, byte* digests);
}
