using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Counts the votes of all validators and follows the certificates that they make, or that others made of them.</summary>
internal sealed class Ballots
{
    private readonly EngineScope _scope;
    private readonly Rounds _rounds;
    private readonly Finality _finality;
    private readonly Offences _offences;
    private readonly CatchUp _catchUp;
    private readonly Voting _voting;
    private readonly Action<Round, Certificate, bool> _follow;
    private readonly VoteIntake _intake;
    private readonly List<WaitingVote> _relays = [];

    /// <param name="scope">What the engine's parts share.</param>
    /// <param name="rounds">The views.</param>
    /// <param name="finality">What is final.</param>
    /// <param name="offences">Takes votes that exclude each other.</param>
    /// <param name="catchUp">Asks peers that are further on.</param>
    /// <param name="voting">The view that this node is in.</param>
    /// <param name="follow">Called for each new certificate, with its view and whether others may not know it.</param>
    public Ballots(
        EngineScope scope, Rounds rounds, Finality finality, Offences offences, CatchUp catchUp, Voting voting,
        Action<Round, Certificate, bool> follow)
    {
        _scope = scope;
        _rounds = rounds;
        _finality = finality;
        _offences = offences;
        _catchUp = catchUp;
        _voting = voting;
        _follow = follow;
        _intake = new VoteIntake(scope, rounds, IsOfUse, OnVerifiedVote, certificate => Learn(certificate, isNews: true));
    }

    /// <summary>Forgets what waits, at the end of an epoch.</summary>
    public void Clear() => _intake.Clear();

    public void OnBatchTimer() => _intake.OnBatchTimer();

    public void OnComputed(ulong work, JobResult result)
    {
        _intake.OnComputed(work, result);
        Relay();
    }

    /// <summary>A vote came from a peer.</summary>
    public void OnVote(in WaitingVote arrived)
    {
        (Vote vote, _, ConnectionId from) = arrived;
        Statement statement = vote.Statement;
        if (statement.Kind == VoteKind.Propose)
        {
            _scope.Emit(new ConsensusOutput.ReportPeer(from, "a proposal as a vote"));
            return;
        }

        if (statement.View > _voting.View.Next())
        {
            _catchUp.Ask(from, _voting.View);
        }

        if (statement.View.Epoch != _voting.View.Epoch || statement.View.Index == 0 || statement.View.Value > _voting.View.Value + Rounds.Ahead)
        {
            return;
        }

        if (vote.Signer >= _scope.Table.Count)
        {
            _scope.Emit(new ConsensusOutput.ReportPeer(from, "a vote of nobody"));
            return;
        }

        _voting.Heard(vote.Signer, statement.View);
        if (IsOfUse(vote))
        {
            _intake.Offer(in arrived, _rounds.At(statement.View).Find(in statement)?.Stake ?? 0);
        }
    }

    /// <summary>Whether a certificate of this statement is worth a look: it is news, contradicts what is known, or shows that this node is behind.</summary>
    public bool Needs(in Statement statement) =>
        statement.View.Epoch > _voting.View.Epoch
        || (statement.View.Epoch == _voting.View.Epoch && statement.View.Index > 0 && (IsNews(in statement) || Contradicts(in statement)));

    /// <summary>A certificate came from a peer.</summary>
    public void OnCertificate(Certificate certificate, ConnectionId from)
    {
        if (certificate.View.Epoch > _voting.View.Epoch)
        {
            _catchUp.Ask(from, _voting.View);
            return;
        }

        if (Needs(certificate.Statement))
        {
            _intake.Offer(certificate, from);
        }
    }

    private void OnVerifiedVote(WaitingVote arrived)
    {
        Vote vote = arrived.Vote;
        Statement statement = vote.Statement;
        Round round = _rounds.At(statement.View);
        if (vote.Signer == _scope.Me)
        {
            _scope.Emit(new ConsensusOutput.OwnSignatureSeen(statement.Purpose, statement.View.Value));
        }

        CompareWithOthers(round, in vote);
        if (Count(round, in vote) && _scope.Options.RelaysVotes)
        {
            _relays.Add(arrived);
        }
    }

    /// <summary>Passes on the new votes of a batch, but for those that came into a certificate by others of the batch.</summary>
    private void Relay()
    {
        foreach (WaitingVote counted in _relays)
        {
            Statement statement = counted.Vote.Statement;
            if (_rounds.Find(statement.View) is Round round && round.Of(statement.Kind) is null)
            {
                _scope.Emit(new ConsensusOutput.Broadcast(counted.Payload));
            }
        }

        _relays.Clear();
    }

    /// <summary>Counts a vote of this node's own, with which those that wait may be a quorum.</summary>
    public void CountOwn(Round round, in Vote vote)
    {
        if (Count(round, in vote) && round.Find(vote.Statement) is VoteTally tally)
        {
            _intake.OnCounted(vote.Statement, tally.Stake);
        }
    }

    /// <summary>
    /// Counts a valid vote; false where one of the kind was counted for this validator. The correct ones cast one, and they
    /// are a quorum; so many votes of one that is not cannot keep theirs out.
    /// </summary>
    public bool Count(Round round, in Vote vote)
    {
        if (round.HasVoted(vote.Statement.Kind, vote.Signer))
        {
            return false;
        }

        VoteTally tally = round.Count(in vote, _scope.StakeOf(vote.Signer));
        if (round.Of(vote.Statement.Kind) is null && _scope.IsQuorum(tally.Stake))
        {
            Learn(tally.ToCertificate(_scope.Table.Count), isNews: true);
        }
        else if (vote.Statement.Kind == VoteKind.Nullify)
        {
            _voting.NullifyWithOthers(round);
        }

        return true;
    }

    /// <summary>Takes a certificate that holds.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="isNews">Whether others may not know it; what a header carries, they do.</param>
    public void Learn(Certificate certificate, bool isNews)
    {
        bool contradicts = Contradicts(certificate.Statement);
        if (certificate.View.Epoch != _scope.Epoch.Epoch || !(contradicts || IsNews(certificate.Statement)))
        {
            return;
        }

        Round round = _rounds.At(certificate.View);
        round.IsContradicted |= contradicts;
        TakeVotes(round, certificate);
        if (!IsNews(certificate.Statement))
        {
            return;
        }

        round.Take(certificate);
        if (certificate.Kind == VoteKind.Finalize)
        {
            _finality.OnFinalized(certificate); // which need not wait until this node has the record: a quorum signed it
        }

        if (isNews)
        {
            _scope.Emit(new ConsensusOutput.Persist(EngineRecords.Of(certificate)));
            Tell(certificate);
        }

        _follow(round, certificate, isNews);
    }

    /// <summary>Tells everybody of a certificate.</summary>
    public void Tell(Certificate certificate) =>
        _scope.Emit(new ConsensusOutput.Broadcast(EngineMessage.Encode(new EngineMessage.OfCertificate(certificate))));

    /// <summary>Whether a vote may still help to make a certificate, or be an offence.</summary>
    private bool IsOfUse(Vote vote)
    {
        Statement statement = vote.Statement;
        Round? round = _rounds.Find(statement.View);
        if (round is null)
        {
            return statement.View >= _voting.View;
        }

        if (round.FindExcluded(in vote) is not null)
        {
            return !_offences.WasTold(vote.Signer, statement.View);
        }

        bool isDone = round.Of(statement.Kind) is not null || round.Finalization is not null;
        return !isDone
            && statement.View.Value + Rounds.Behind > _voting.View.Value
            && !round.HasVoted(statement.Kind, vote.Signer);
    }

    private bool IsNews(in Statement statement) =>
        statement.View > _finality.View && _rounds.Find(statement.View)?.Of(statement.Kind) is null;

    /// <summary>Whether no certificate that is known can stand beside one of this statement: then the chain forked, and somebody is guilty.</summary>
    private bool Contradicts(in Statement statement) =>
        _rounds.Find(statement.View) is Round { IsContradicted: false } round
        && (round.Notarization?.Statement.Excludes(in statement) == true
            || round.Nullification?.Statement.Excludes(in statement) == true
            || round.Finalization?.Statement.Excludes(in statement) == true);

    private void CompareWithOthers(Round round, in Vote vote)
    {
        if (round.FindExcluded(in vote) is Vote other)
        {
            _offences.OnConflict(in other, in vote);
        }
    }

    /// <summary>The votes of a certificate need not be verified again, and may be offences beside others.</summary>
    private void TakeVotes(Round round, Certificate certificate)
    {
        foreach (Vote vote in certificate.Votes())
        {
            _voting.Heard(vote.Signer, certificate.View);
            CompareWithOthers(round, in vote);
            if (!round.HasVoted(certificate.Kind, vote.Signer))
            {
                round.Count(in vote, _scope.StakeOf(vote.Signer));
            }
        }
    }
}
