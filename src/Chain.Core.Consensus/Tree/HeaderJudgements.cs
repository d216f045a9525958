using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>
/// Headers that one tree judged, for other trees of the same chain on the same thread: those of the nodes of a simulation. A tree
/// that finds a header here takes over what follows from the header and its ancestors, which its id commits to, and still checks
/// what depends on itself: whether the parent is there and valid, final blocks, checkpoints and budgets. Only verdicts of rules
/// that are pure (<see cref="IHeaderRules.IsPure"/>) are kept, and only those of the same object.
/// </summary>
public sealed class HeaderJudgements
{
    /// <summary>Beyond this the older half is forgotten.</summary>
    private const int MaxRemembered = 2048;

    private Dictionary<BlockId, JudgedHeader> _young = [];
    private Dictionary<BlockId, JudgedHeader> _old = [];

    /// <summary>What is known of a header that these rules find valid at this time; null where nothing is.</summary>
    internal JudgedHeader? Find(BlockId id, IHeaderRules rules, UnixTime now)
    {
        bool isKnown = _young.TryGetValue(id, out JudgedHeader? judged) || _old.TryGetValue(id, out judged);
        return isKnown && ReferenceEquals(judged!.Rules, rules) && judged.ValidSince <= now ? judged : null;
    }

    internal void Add(BlockId id, JudgedHeader judged)
    {
        if (_young.Count >= MaxRemembered / 2)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        _young[id] = judged;
    }
}
