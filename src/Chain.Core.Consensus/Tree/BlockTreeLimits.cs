namespace Chain.Core.Consensus;

/// <summary>How much of the tree strangers may fill, and what they may not contradict.</summary>
public sealed record BlockTreeLimits
{
    /// <summary>
    /// Most headers of one source that wait for their verdict and weigh less, each by itself, than half of what a
    /// block of the head's chain weighs. A sync runs ahead of the head by as much.
    /// </summary>
    /// <value>1,024 by default, which is about 1 MB; at least 1.</value>
    public int HeadersPerSource { get; init; } = 1024;

    /// <summary>As <see cref="HeadersPerSource"/>, for those whose sources are gone, all together.</summary>
    /// <value>1,024 by default; not negative.</value>
    public int HeadersOfGoneSources { get; init; } = 1024;

    /// <summary>Over how many of the newest blocks the weight of an ordinary block is averaged. Before the head is as high, every header counts.</summary>
    /// <value>128 by default; at least 1.</value>
    public int AverageBlocks { get; init; } = 128;

    /// <summary>Blocks that must be in the chain.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<Checkpoint> Checkpoints { get; init; } = [];

    // A planted fault, by which the tests of memory are tested: kept headers pin the messages that they came in.
    internal bool PinsMessages { get; init; }
}
