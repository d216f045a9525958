namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// The views of the epoch that still matter: those since the newest that is final, or the newest <see cref="Kept"/>, and
/// few ahead.
/// </summary>
internal sealed class Rounds
{
    /// <summary>How many views are kept. A chain that could not finalize for so many of them needs its operators.</summary>
    public const ulong Kept = 4096;

    private readonly SortedDictionary<View, Round> _byView = [];
    private int _validators;

    public void Begin(int validators)
    {
        _byView.Clear();
        _validators = validators;
    }

    public Round? Find(View view) => _byView.GetValueOrDefault(view);

    public Round At(View view)
    {
        if (!_byView.TryGetValue(view, out Round? round))
        {
            round = new Round(view, _validators);
            _byView.Add(view, round);
        }

        return round;
    }

    public void ForgetBefore(View view)
    {
        while (_byView.Count > 0)
        {
            View first = First();
            if (first >= view)
            {
                return;
            }

            _byView.Remove(first);
        }
    }

    private View First()
    {
        foreach ((View view, _) in _byView)
        {
            return view;
        }

        return default;
    }
}
