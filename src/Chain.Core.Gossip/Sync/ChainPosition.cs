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

    /// <summary>Whether this is the highest header that was accepted.</summary>
    public bool IsTip(BlockId id) => id == _tip;

    /// <summary>What to ask headers after: <paramref name="from"/> or the highest header, then the head's chain.</summary>
    public List<BlockId> Locator(BlockId? from = null)
    {
        var locator = new List<BlockId>(WireLimits.LocatorIds) { from ?? _tip };
        for (int i = 0; i < _locator.Count && locator.Count < WireLimits.LocatorIds; i++)
        {
            if (_locator[i] != locator[0])
            {
                locator.Add(_locator[i]);
            }
        }

        return locator;
    }
}
