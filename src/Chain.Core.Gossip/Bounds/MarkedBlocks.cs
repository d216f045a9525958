using Chain.Core.Crypto;

namespace Chain.Core.Gossip;

/// <summary>The blocks of a memory that have one of its marks.</summary>
internal readonly ref struct MarkedBlocks(ref BlockMemory memory, BlockMark mark)
{
    private readonly ref BlockMemory _memory = ref memory;

    public bool Contains(in Hash256 id) => _memory.Has(in id, mark);

    /// <summary>Adds a block; false where it is remembered already.</summary>
    public bool Add(in Hash256 id) => _memory.Add(in id, mark) == BlockMark.None;
}
