namespace Chain.Core.Gossip;

/// <summary>What is remembered of a peer and a block; see <see cref="BlockMemory"/>.</summary>
[Flags]
internal enum BlockMark : ulong
{
    None = 0,

    /// <summary>The peer knows the block: it spoke of it, or was told.</summary>
    Known = 1,

    /// <summary>
    /// The peer spoke of the block itself. What it was told of is not marked so: its own word of the same block may have been
    /// on its way then.
    /// </summary>
    SpokenOf = 2,

    /// <summary>The peer was sent the block.</summary>
    Served = 4,
}
