namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// In which view each validator of an epoch was last heard of. Unverified votes count: whoever forges one makes others wait for a
/// dead leader as long as they would without this, and nobody can make a leader look dead.
/// </summary>
internal sealed class LeaderActivity
{
    private readonly StakeTable _table;
    private readonly int _patience;
    private readonly long[] _last; // indexes in the epoch; not positive for views of the epochs before

    /// <summary>As if everybody was heard of in the first view.</summary>
    public LeaderActivity(StakeTable table, int skipViews)
    {
        _table = table;
        _patience = skipViews;
        _last = new long[table.Count];
        Array.Fill(_last, 1);
    }

    public void Heard(int place, View view)
    {
        if ((uint)place < (uint)_last.Length && (long)view.Index > _last[place])
        {
            _last[place] = (long)view.Index;
        }
    }

    /// <summary>Whether nothing was heard of a validator in the views before <paramref name="view"/>.</summary>
    public bool IsDead(int place, View view) => (long)view.Index - _last[place] > _patience;

    /// <summary>The same knowledge for the next epoch, whose first view follows <paramref name="end"/>.</summary>
    public LeaderActivity After(View end, StakeTable next)
    {
        var activity = new LeaderActivity(next, _patience);
        for (int place = 0; place < next.Count; place++)
        {
            if (_table.PlaceOf(next.Set.Validators[place].Key) is int before and >= 0 && (long)end.Index > _last[before])
            {
                activity._last[place] = _last[before] + 1 - (long)end.Index;
            }
        }

        return activity;
    }
}
