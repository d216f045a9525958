using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// The blocks that the engine wants judged. Only the tips of the wanted branches are kept in order: a block whose
/// parent is a tip takes its place. The heaviest comes first.
/// </summary>
internal sealed class VerdictQueue
{
    private const int MaxTips = 64;

    private readonly List<BlockTreeNode> _tips = [];
    private readonly HashSet<BlockId> _wanted = [];

    /// <summary>The tips, heaviest first.</summary>
    public IReadOnlyList<BlockTreeNode> Tips => _tips;

    public void Add(BlockTreeNode node)
    {
        if (!_wanted.Add(node.Id))
        {
            return;
        }

        int parent = _tips.FindIndex(tip => ReferenceEquals(tip, node.Parent));
        if (parent >= 0)
        {
            _tips.RemoveAt(parent);
        }

        int place = _tips.FindIndex(tip => tip.Weight < node.Weight);
        _tips.Insert(place < 0 ? _tips.Count : place, node);
        if (_tips.Count > MaxTips)
        {
            _wanted.Remove(_tips[^1].Id);
            _tips.RemoveAt(_tips.Count - 1);
        }
    }

    /// <summary>Forgets branches that the tree has forgotten.</summary>
    public void Prune(BlockTree tree) => _tips.RemoveAll(tip => !tree.TryGet(tip.Id, out _) && _wanted.Remove(tip.Id));

    /// <summary>Says that a block was judged; true where somebody had asked.</summary>
    public bool Settle(BlockTreeNode node)
    {
        _tips.Remove(node);
        return _wanted.Remove(node.Id);
    }
}
