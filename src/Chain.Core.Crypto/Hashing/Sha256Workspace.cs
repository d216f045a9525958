namespace Chain.Core.Crypto;

/// <summary>The buffers of a many-lane SHA-256 in one piece of stack, each aligned to a vector.</summary>
internal readonly unsafe ref struct Sha256Workspace
{
    private const int VectorSize = 64;
    private const int MaxLanes = VectorSize / sizeof(uint);
    private const int ScheduleSize = Sha256Constants.Rounds * VectorSize;
    private const int StateSize = Sha256Constants.StateWords * VectorSize;
    private const int TailsSize = MaxLanes * TailSize;

    /// <summary>How much stack it needs.</summary>
    public const int Size = VectorSize + (3 * ScheduleSize) + (2 * StateSize) + TailsSize + (MaxLanes * 8);

    /// <summary>The end of one message: room for two blocks.</summary>
    public const int TailSize = 2 * Sha256Constants.BlockSize;

    /// <param name="room"><see cref="Size"/> bytes, which outlive this.</param>
    public Sha256Workspace(byte* room)
    {
        byte* aligned = (byte*)(((nuint)room + VectorSize - 1) & ~(nuint)(VectorSize - 1));
        Words = (uint*)aligned;
        Schedule = (uint*)(aligned + ScheduleSize);
        Closing = (uint*)(aligned + (2 * ScheduleSize));
        State = (uint*)(aligned + (3 * ScheduleSize));
        Digests = aligned + (3 * ScheduleSize) + StateSize;
        Tails = Digests + StateSize;
        Blocks = (byte**)(Tails + TailsSize);
    }

    /// <summary>The 64 words of the block in work.</summary>
    public uint* Words { get; }

    /// <summary>The words with the round constants.</summary>
    public uint* Schedule { get; }

    /// <summary>A block of its own that is the same for all groups: words, or a schedule.</summary>
    public uint* Closing { get; }

    /// <summary>The eight words of the state.</summary>
    public uint* State { get; }

    /// <summary>A digest for each lane.</summary>
    public byte* Digests { get; }

    /// <summary><see cref="TailSize"/> bytes for each lane.</summary>
    public byte* Tails { get; }

    /// <summary>Where the next block of each lane begins.</summary>
    public byte** Blocks { get; }
}
