using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// Selfish mining (Eyal and Sirer 2014, algorithm 1): a pool keeps its lead secret and publishes just enough to make the
/// work of others stale.
/// </summary>
public sealed class SelfishMiner(FullNode node) : WithholdingMiner(node)
{
    /// <summary>Whether a block of the pool stands against another of the same height, and nothing on either.</summary>
    private bool _isRacing;

    /// <summary>How often a block of the pool was published against one of the others.</summary>
    public int Races { get; private set; }

    /// <inheritdoc/>
    protected override void OnOwnBlock(Block block)
    {
        if (_isRacing)
        {
            _isRacing = false;
            Publish(Private.Count); // the pool wins the race
        }
    }

    /// <inheritdoc/>
    protected override void OnPublicBlock(ulong height)
    {
        _isRacing = false;
        if (Private.Count == 0)
        {
            return; // the node inside follows the others
        }

        ulong lead = Private[^1].Height.Value - (height - 1);
        switch (lead)
        {
            case 0:
                Abandon();
                break;
            case 1:
                _isRacing = true;
                Races++;
                Publish(Private.Count);
                break;
            case 2:
                Publish(Private.Count);
                break;
            default:
                Publish(1);
                break;
        }
    }
}
