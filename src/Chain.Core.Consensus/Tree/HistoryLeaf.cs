using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>
/// The leaves of the history root: a header's id and the weight of the chain up to it, genesis counting 0. A holder
/// of one header can so be shown, in logarithmic space, which headers came before and how heavy the chain was there.
/// </summary>
public static class HistoryLeaf
{
    private static readonly HashDomain Domain = new("chain-core/history-leaf/v1");

    /// <summary>The tagged hash of the id (32 bytes) and the cumulative weight (32 bytes, the most significant first).</summary>
    public static Hash256 Hash(BlockId block, in UInt256 weight)
    {
        Span<byte> leaf = stackalloc byte[Hash256.Size + UInt256.Size];
        block.Value.CopyTo(leaf);
        weight.WriteBigEndian(leaf[Hash256.Size..]);
        return Domain.Hash(leaf);
    }
}
