using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Where this node's chain is, as the chain above said last.</summary>
internal sealed class ChainPosition
{
    private IReadOnlyList<BlockId> _locator = [];
    private BlockId _tip;

    public BlockId Head { get; private set; }

    public BlockHeight Height { get; private set; }

    /// <summary>The greatest height of a header that was accepted.</summary>
    public BlockHeight TipHeight { get; private set; }

    public void MoveTo(BlockId head, BlockHeight height, IReadOnlyList<BlockId> locator)
    {
        Head = head;
        Height = height;
        _locator = locator;
        OnHeader(head, height);
    }

    /// <summary>A header was accepted.</summary>
    public void OnHeader(BlockId id, BlockHeight height)
    {
        if (height >= TipHeight)
        {
            _tip = id;
            TipHeight = height;
        }
    }

    /// <summary>What to ask headers after: <paramref name="from"/> or the highest header, then the head's chain.</summary>
    public BlockId[] Locator(BlockId? from = null)
    {
        int count = int.Min(_locator.Count, WireLimits.LocatorIds - 1);
        var locator = new BlockId[count + 1];
        locator[0] = from ?? _tip;
        for (int i = 0; i < count; i++)
        {
            locator[i + 1] = _locator[i];
        }

        return locator;
    }
}
