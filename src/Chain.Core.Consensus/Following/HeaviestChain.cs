using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>
/// The rule of Nakamoto's chains, for engines to build on: the valid chain of the greatest weight is the head, and among
/// equals the first seen stays. Every header that would outweigh the head is judged at once, so that neither a withheld
/// nor an invalid branch keeps the node from the next heaviest.
/// </summary>
public sealed class HeaviestChain
{
    private readonly IBlockTree _tree;
    private UInt256 _proposed;

    /// <summary>Follows <paramref name="tree"/>.</summary>
    public HeaviestChain(IBlockTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        _tree = tree;
    }

    private UInt256 WeightToBeat => _proposed > _tree.Head.Weight ? _proposed : _tree.Head.Weight;

    /// <summary>Takes up what was recovered but not judged before the restart.</summary>
    public void OnStarted(IEffects effects) => JudgeHeaviest(effects);

    /// <summary>Forgets what it proposed: the head was moved back on command, and lighter chains count again.</summary>
    internal void Restart() => _proposed = UInt256.Zero;

    /// <summary>Has a block judged whose chain outweighs the head's.</summary>
    public void OnHeaderArrived(BlockHeader header, IEffects effects)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(effects);
        if (_tree.TryGet(header.Id, out BlockTreeNode? node) && node.Weight > WeightToBeat)
        {
            effects.Emit(new ConsensusOutput.RequestVerdict(node.Id));
        }
    }

    /// <summary>Moves the head to a valid block that outweighs it; after an invalid one, looks for the next heaviest.</summary>
    public void OnBlockJudged(BlockId block, BlockVerdict verdict, IEffects effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        if (verdict is BlockVerdict.Invalid)
        {
            JudgeHeaviest(effects);
        }
        else if (verdict is BlockVerdict.Valid && _tree.TryGet(block, out BlockTreeNode? node) && node.Weight > WeightToBeat)
        {
            _proposed = node.Weight;
            effects.Emit(new ConsensusOutput.ProposeHead(block, node.Weight));
        }
    }

    private void JudgeHeaviest(IEffects effects)
    {
        BlockTreeNode heaviest = _tree.Heaviest;
        if (heaviest.Weight > WeightToBeat)
        {
            effects.Emit(new ConsensusOutput.RequestVerdict(heaviest.Id));
        }
    }
}
