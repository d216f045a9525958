using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What an engine knows of one view.</summary>
internal sealed class Round(View view, int validators)
{
    private const int MaxTallies = 8;

    private readonly List<VoteTally> _tallies = [];
    private readonly Vote?[] _first = new Vote?[4 * validators]; // by kind and signer

    public View View { get; } = view;

    /// <summary>The first header of the view that arrived, or the block that ends the epoch where it was proposed again.</summary>
    public BlockId? Proposal { get; set; }

    /// <summary>The view of the parent's certificate; that of the block itself where it was proposed again.</summary>
    public View ProposalSince { get; set; }

    public bool AskedForVerdict { get; set; }

    public Certificate? Notarization { get; set; }

    public Certificate? Nullification { get; set; }

    public Certificate? Finalization { get; set; }

    /// <summary>What this node notarizes, from the moment it was decided.</summary>
    public Statement? MyNotarize { get; set; }

    /// <summary>Whether this node nullifies or finalizes the view, from the moment it was decided.</summary>
    public Statement? MyConclusion { get; set; }

    /// <summary>This node's votes, to be repeated.</summary>
    public List<Vote> MyVotes { get; } = [];

    public Certificate? Of(VoteKind kind) => kind switch
    {
        VoteKind.Notarize => Notarization,
        VoteKind.Nullify => Nullification,
        VoteKind.Finalize => Finalization,
        _ => null,
    };

    /// <summary>The first verified vote of a kind that a validator cast in the view.</summary>
    public Vote? FirstOf(VoteKind kind, int signer) => _first[((int)kind * validators) + signer];

    public void RememberFirst(in Vote vote) => _first[((int)vote.Statement.Kind * validators) + vote.Signer] ??= vote;

    public VoteTally? Find(in Statement statement)
    {
        foreach (VoteTally tally in _tallies)
        {
            if (tally.Statement == statement)
            {
                return tally;
            }
        }

        return null;
    }

    /// <summary>The tally of a statement; null where there are so many that only faulty validators can have made them.</summary>
    public VoteTally? FindOrAdd(in Statement statement)
    {
        VoteTally? tally = Find(in statement);
        if (tally is null && _tallies.Count < MaxTallies)
        {
            tally = new VoteTally(in statement, validators);
            _tallies.Add(tally);
        }

        return tally;
    }
}
