using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Soak;

/// <summary>A block that some node reported.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Parent">The block before; null for genesis.</param>
/// <param name="Weight">The weight of the chain that ends here.</param>
/// <param name="Transactions">The ids of its transactions.</param>
internal sealed record SeenBlock(BlockHeader Header, SeenBlock? Parent, UInt256 Weight, string[] Transactions)
{
    public ulong Height => Header.Height.Value;

    /// <summary>The block of this chain at a height that is not above it.</summary>
    public SeenBlock At(ulong height)
    {
        SeenBlock block = this;
        while (block.Height > height)
        {
            block = block.Parent!;
        }

        return block;
    }

    public bool Contains(SeenBlock other) => other.Height <= Height && At(other.Height) == other;

    public bool Equals(SeenBlock? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Header.Id.GetHashCode();
}
