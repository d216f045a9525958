
namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Signatures of recent views that were verified, so that a certificate made of them costs nothing more. Engine and
/// rules of one node share it.
/// </summary>
internal sealed class VerifiedVotes
{
    // By view, so that what is old goes at once; three or four statements a view are usual.
    private readonly SortedDictionary<View, Dictionary<(Statement, int), ReadOnlyMemory<byte>>> _byView = [];

    public bool Contains(in Statement statement, int place, ReadOnlySpan<byte> signature) =>
        _byView.TryGetValue(statement.View, out Dictionary<(Statement, int), ReadOnlyMemory<byte>>? votes)
        && votes.TryGetValue((statement, place), out ReadOnlyMemory<byte> known)
        && known.Span.SequenceEqual(signature);

    public void Add(in Vote vote)
    {
        if (!_byView.TryGetValue(vote.Statement.View, out Dictionary<(Statement, int), ReadOnlyMemory<byte>>? votes))
        {
            votes = [];
            _byView.Add(vote.Statement.View, votes);
        }

        votes[(vote.Statement, vote.Signer)] = vote.Signature;
    }

    public void ForgetBefore(View view)
    {
        while (_byView.Count > 0 && FirstView() is View first && first < view)
        {
            _byView.Remove(first);
        }
    }

    private View FirstView()
    {
        foreach ((View view, _) in _byView)
        {
            return view;
        }

        return default;
    }
}
