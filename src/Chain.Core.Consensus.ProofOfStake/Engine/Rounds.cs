namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// The views of the epoch that still matter: those since the newest that is final, or the newest <see cref="Kept"/>, and
/// few ahead.
/// </summary>
internal sealed class Rounds
{
    /// <summary>How many views are kept. A chain that could not finalize for so many of them needs its operators.</summary>
    public const ulong Kept = 4096;

    /// <summary>Of how many views after the one at hand messages are taken.</summary>
    public const ulong Ahead = 4;

    /// <summary>Of how many views before the one at hand messages are taken.</summary>
    public const ulong Behind = 16;

    private const int MaxSpare = 32;

    private readonly SortedDictionary<View, Round> _byView = [];
    private readonly Stack<Round> _spare = new();
    private Round? _last;

    public void Begin()
    {
        _byView.Clear();
        _last = null;
    }

    public Round? Find(View view)
    {
        if (_last?.View == view)
        {
            return _last;
        }

        Round? round = _byView.GetValueOrDefault(view);
        _last = round ?? _last;
        return round;
    }

    public Round At(View view)
    {
        if (Find(view) is Round known)
        {
            return known;
        }

        Round round = _spare.TryPop(out Round? spare) ? spare : new Round();
        round.Begin(view);
        _byView.Add(view, round);
        return round;
    }

    /// <summary>Whether a signature was verified before, so that it need not be again.</summary>
    public bool IsVerified(in Statement statement, int place, ReadOnlySpan<byte> signature) =>
        Find(statement.View)?.Find(in statement) is VoteTally tally
        && tally.Has(place)
        && tally.SignatureOf(place).Span.SequenceEqual(signature);

    public void ForgetBefore(View view)
    {
        _last = null;
        while (_byView.Count > 0)
        {
            View first = First();
            if (first >= view)
            {
                return;
            }

            if (_spare.Count < MaxSpare)
            {
                _spare.Push(_byView[first]);
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
