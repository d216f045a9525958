namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// In which view each validator was last heard of. Unverified votes count: whoever forges one makes others wait for a dead
/// leader as long as they would without this, and nobody can make a leader look dead.
/// </summary>
internal sealed class LeaderActivity
{
    private readonly View[] _last;
    private readonly ulong _patience;

    public LeaderActivity(int validators, View start, int skipViews)
    {
        _last = new View[validators];
        Array.Fill(_last, start);
        _patience = (ulong)skipViews;
    }

    public void Heard(int place, View view)
    {
        if ((uint)place < (uint)_last.Length && view > _last[place])
        {
            _last[place] = view;
        }
    }

    /// <summary>Whether nothing was heard of a validator in the views before <paramref name="view"/>.</summary>
    public bool IsDead(int place, View view) => view > _last[place] && view.Value - _last[place].Value > _patience;
}
