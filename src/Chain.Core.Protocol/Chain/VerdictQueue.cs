using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// The blocks that the engine wants judged. Only the tips of the wanted branches are kept in order: a block whose
/// parent is a tip takes its place. The heaviest comes first; beyond a number of branches the lightest is forgotten,
/// and the engine may ask for it again.
/// </summary>
internal sealed class VerdictQueue
{
    internal const int MaxTips = 64;

    private readonly List<BlockTreeNode> _tips = [];
    private readonly HashSet<BlockId> _wanted = [];

    /// <summary>The tips, heaviest first.</summary>
    public IReadOnlyList<BlockTreeNode> Tips => _tips;

    /// <summary>How many blocks wait for their verdict.</summary>
    public int Count => _wanted.Count;

    public void Add(BlockTreeNode node)
    {
        if (!_wanted.Add(node.Id))
        {
            return;
        }

        _tips.Remove(node.Parent!);
        Insert(node);
        if (_tips.Count > MaxTips)
        {
            Forget(_tips[^1]);
        }
    }

    /// <summary>Forgets the ends of branches that the tree has forgotten; what is left of a branch stays wanted.</summary>
    public void Prune(BlockTree tree)
    {
        for (int i = _tips.Count - 1; i >= 0; i--)
        {
            BlockTreeNode tip = _tips[i];
            if (tree.TryGet(tip.Id, out _))
            {
                continue;
            }

            _tips.RemoveAt(i);
            BlockTreeNode? node = tip;
            while (node is { Status: BlockStatus.HeaderOnly } && !(tree.TryGet(node.Id, out _) && _wanted.Contains(node.Id)))
            {
                _wanted.Remove(node.Id);
                node = node.Parent;
            }

            if (node is { Status: BlockStatus.HeaderOnly } && !IsBelowTip(node))
            {
                Insert(node);
            }
        }
    }

    /// <summary>Says that a block was judged; true where somebody had asked.</summary>
    public bool Settle(BlockTreeNode node)
    {
        _tips.Remove(node);
        return _wanted.Remove(node.Id);
    }

    /// <summary>Forgets a branch up to where another one shares it.</summary>
    public void Forget(BlockTreeNode tip)
    {
        _tips.Remove(tip);
        for (BlockTreeNode? node = tip; node is { Status: BlockStatus.HeaderOnly } && !IsBelowTip(node); node = node.Parent)
        {
            _wanted.Remove(node.Id);
        }
    }

    private void Insert(BlockTreeNode node)
    {
        int place = 0;
        while (place < _tips.Count && _tips[place].Weight >= node.Weight)
        {
            place++;
        }

        _tips.Insert(place, node);
    }

    private bool IsBelowTip(BlockTreeNode node) => _tips.Exists(node.IsOnChainOf);
}
