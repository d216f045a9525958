using Chain.Core.Crypto;

namespace Chain.Core.Gossip;

/// <summary>The blocks of a memory that have one of its marks.</summary>
internal readonly struct MarkedBlocks(BlockMemory memory, BlockMark mark)
{
    public bool Contains(Hash256 id) => memory.Has(in id, mark);

    /// <summary>Adds a block; false where it is remembered already.</summary>
    public bool Add(Hash256 id) => memory.Add(in id, mark) == BlockMark.None;
}
