using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>Names a block: by a mark, its height on the head's chain, or its id. The default value names the head.</summary>
internal readonly record struct BlockSelector(BlockMark Mark, BlockHeight Height, BlockId Id)
{
    public static bool TryParse(string text, out BlockSelector selector)
    {
        selector = default;
        if (text is "head" or "finalized")
        {
            selector = new BlockSelector(text == "head" ? BlockMark.Head : BlockMark.Finalized, default, default);
            return true;
        }

        if (Hex.TryParseQuantity(text, out ulong height))
        {
            selector = new BlockSelector(BlockMark.Height, new BlockHeight(height), default);
            return true;
        }

        bool isId = Hex.TryParseHash(text, out Hash256 hash);
        selector = new BlockSelector(BlockMark.Id, default, new BlockId(hash));
        return isId;
    }

    /// <summary>The block that is named; null where there is none.</summary>
    public Block? FindIn(ChainSnapshot chain) => Mark switch
    {
        BlockMark.Head => chain.FindBlock(chain.Head.Id),
        BlockMark.Finalized => chain.FindBlock(chain.Finalized.Id),
        BlockMark.Height => chain.FindBlock(Height),
        _ => chain.FindBlock(Id),
    };

    /// <summary>The same where the header is enough.</summary>
    public BlockHeader? FindHeaderIn(ChainSnapshot chain) => Mark switch
    {
        BlockMark.Head => chain.Head,
        BlockMark.Finalized => chain.Finalized,
        BlockMark.Height => chain.FindHeader(Height),
        _ => chain.FindBlock(Id)?.Header,
    };
}
