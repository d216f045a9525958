using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What an engine knows of one view. Used again for another view once this one is forgotten.</summary>
internal sealed class Round
{
    private readonly List<VoteTally> _tallies = [];
    private readonly PlaceSet[] _voted = new PlaceSet[(int)VoteKind.Finalize + 1];
    private Vote? _proposed;
    private int _used;

    public View View { get; private set; }

    /// <summary>The first header of the view that arrived, or the block that ends the epoch where it was proposed again.</summary>
    public BlockId? Proposal { get; set; }

    /// <summary>The view of the parent's certificate; that of the block itself where it was proposed again.</summary>
    public View ProposalSince { get; set; }

    public bool AskedForVerdict { get; set; }

    /// <summary>What the leader told where it proposed the last block of the epoch again.</summary>
    public EngineMessage.Repeat? Repeat { get; set; }

    public Certificate? Notarization { get; private set; }

    public Certificate? Nullification { get; private set; }

    public Certificate? Finalization { get; private set; }

    /// <summary>What this node notarizes, from the moment it was decided.</summary>
    public Statement? MyNotarize { get; set; }

    /// <summary>Whether this node nullifies or finalizes the view, from the moment it was decided.</summary>
    public Statement? MyConclusion { get; set; }

    /// <summary>This node's votes, to be repeated.</summary>
    public List<Vote> MyVotes { get; } = [];

    /// <summary>Whether a certificate came that excludes one that was known: the chain forked.</summary>
    public bool IsContradicted { get; set; }

    public void Begin(View view)
    {
        View = view;
        Proposal = null;
        ProposalSince = default;
        AskedForVerdict = false;
        Repeat = null;
        Notarization = null;
        Nullification = null;
        Finalization = null;
        MyNotarize = null;
        MyConclusion = null;
        IsContradicted = false;
        MyVotes.Clear();
        Array.Clear(_voted);
        _proposed = null;
        _used = 0;
    }

    public Certificate? Of(VoteKind kind) => kind switch
    {
        VoteKind.Notarize => Notarization,
        VoteKind.Nullify => Nullification,
        VoteKind.Finalize => Finalization,
        _ => null,
    };

    /// <summary>Takes a certificate of the view; the first of a kind stays.</summary>
    public void Take(Certificate certificate)
    {
        switch (certificate.Kind)
        {
            case VoteKind.Notarize:
                Notarization ??= certificate;
                break;
            case VoteKind.Nullify:
                Nullification ??= certificate;
                break;
            case VoteKind.Finalize:
                Finalization ??= certificate;
                break;
        }
    }

    /// <summary>Whether a verified vote of this kind counted for the validator: the first one does, others are offences.</summary>
    public bool HasVoted(VoteKind kind, int place) => _voted[(int)kind].Contains(place);

    /// <summary>Counts a verified vote, the first of its kind by its validator.</summary>
    public VoteTally Count(in Vote vote, ulong stake)
    {
        VoteTally tally = Find(vote.Statement) ?? AddTally(vote.Statement);
        _voted[(int)vote.Statement.Kind].Add(vote.Signer);
        tally.Add(vote.Signer, vote.Signature, stake);
        return tally;
    }

    /// <summary>The leader's first proposal; later ones do not replace it.</summary>
    public Vote RememberProposal(in Vote vote) => _proposed ??= vote;

    /// <summary>A verified vote of the same validator that no correct one casts beside this one.</summary>
    public Vote? FindExcluded(in Vote vote)
    {
        for (int i = 0; i < _used; i++)
        {
            VoteTally tally = _tallies[i];
            if (tally.Has(vote.Signer) && tally.Statement.Excludes(vote.Statement))
            {
                return new Vote(tally.Statement, vote.Signer, tally.SignatureOf(vote.Signer));
            }
        }

        return null;
    }

    public VoteTally? Find(in Statement statement)
    {
        for (int i = 0; i < _used; i++)
        {
            if (_tallies[i].Statement == statement)
            {
                return _tallies[i];
            }
        }

        return null;
    }

    private VoteTally AddTally(in Statement statement)
    {
        if (_used == _tallies.Count)
        {
            _tallies.Add(new VoteTally());
        }

        VoteTally tally = _tallies[_used++];
        tally.Begin(in statement);
        return tally;
    }
}
