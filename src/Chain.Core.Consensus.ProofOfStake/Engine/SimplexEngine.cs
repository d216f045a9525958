using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Simplex (Chan and Pass 2023) by stake. Brings what happens to the parts, which vote in the views, collect votes, propose,
/// sign, finalize, change epochs and catch up. docs/proof-of-stake.md has its rules as a table.
/// </summary>
internal sealed class SimplexEngine : IConsensusEngine
{
    private readonly EngineScope _scope;
    private readonly Rounds _rounds = new();
    private readonly Ancestry _ancestry;
    private readonly NamedSets _named = new();
    private readonly OwnVotes _own;
    private readonly Proposer _proposer;
    private readonly Finality _finality;
    private readonly Offences _offences;
    private readonly Voting _voting;
    private readonly Proposals _proposals;
    private readonly CatchUp _catchUp;
    private readonly Ballots _ballots;
    private readonly EpochChange _epochs;

    internal SimplexEngine(EngineScope scope)
    {
        _scope = scope;
        scope.Rules.Known = _rounds;
        _ancestry = new Ancestry(_rounds);
        _own = new OwnVotes(scope);
        _proposer = new Proposer(scope, _ancestry, _own, _named);
        _finality = new Finality(scope);
        _offences = new Offences(scope);
        _voting = new Voting(scope, _rounds, _ancestry, _named, _own, _proposer);
        _catchUp = new CatchUp(scope, _rounds, _finality, _ancestry);
        _ballots = new Ballots(scope, _rounds, _finality, _offences, _catchUp, _voting, Follow);
        _proposals = new Proposals(scope, _rounds, _ancestry, _offences, _voting, _ballots);
        _epochs = new EpochChange(scope, _rounds, _ancestry, _finality, _ballots, _voting);
    }

    public IHeaderRules Rules => _scope.Rules;

    /// <summary>The view that the engine is in.</summary>
    internal View View => _voting.View;

    /// <summary>How long the engine waits in a view.</summary>
    internal TimeSpan Timeout => _voting.Timeout;

    /// <summary>What is known of the view, for people.</summary>
    internal string Describe()
    {
        Round? round = _rounds.Find(View);
        Round? before = _rounds.Find(new View(View.Value - 1));
        bool found = _ancestry.TryFindParent(View, out (BlockId Block, Certificate? Certificate) parent, out View missing);
        return $"me {_scope.Me} leader {_scope.Epoch.LeaderOf(View)} proposal {round?.Proposal} since {round?.ProposalSince} "
            + $"notarize {round?.MyNotarize?.Subject.ToShortString()} conclude {round?.MyConclusion?.Kind} votes {round?.MyVotes.Count} "
            + $"before {before?.Notarization?.View} {before?.Nullification?.View} parent {found} {parent.Block} missing {missing}";
    }

    public void Handle(in ConsensusInput input, in StepContext context, IEffects effects)
    {
        _scope.BeginStep(in context, effects);
        _offences.TellOfHeaders();
        switch (input)
        {
            case ConsensusInput.Started started:
                OnStarted(started.Records);
                break;
            case ConsensusInput.ValidatorsNamed named:
                _named.Add(named.Block, named.Validators);
                break;
            case ConsensusInput.HeaderArrived arrived:
                OnHeader(arrived.Header);
                break;
            case ConsensusInput.BlockJudged judged when judged.Verdict is not BlockVerdict.Pending:
                OnJudged(judged.Block, judged.Verdict);
                break;
            case ConsensusInput.MessageArrived message:
                OnMessage(message);
                break;
            case ConsensusInput.ProposalBuilt built:
                _proposer.OnBuilt(built.Proposal, built.Fields);
                break;
            case ConsensusInput.Signed signed:
                OnSigned(signed.Intent, signed.Signature);
                break;
            case ConsensusInput.SignRefused refused:
                OnSignRefused(refused.Intent);
                break;
            case ConsensusInput.RecordDurable durable:
                _own.OnRecordDurable(durable.Key);
                break;
            case ConsensusInput.Computed computed:
                _ballots.OnComputed(computed.Work, computed.Result);
                break;
            case ConsensusInput.TimerFired fired:
                OnTimer(fired.Key);
                break;
        }
    }

    private void OnStarted(IReadOnlyList<ConsensusRecord> records)
    {
        _epochs.Recover(_scope.Tree.Head, RecoveredState.Read(records));
        _voting.Enter(View);
        _catchUp.Announce(View);
    }

    private void OnHeader(BlockHeader header)
    {
        if (!StakeSeal.TryDecode(header.Seal, out StakeSeal? seal))
        {
            return;
        }

        // The rules verified it. A block of the next epoch shows that this one is over.
        if (Certificate.TryDecode(seal.ParentCertificate, out Certificate? certificate))
        {
            _ballots.Learn(certificate, isNews: false);
        }

        _finality.OnBlock(header.Id, isNew: true);
        _epochs.EnterAfter(_finality.Newest);
        _proposals.OnHeader(header, seal, certificate?.View ?? View.Genesis);
        _voting.Reconsider();
        if (_rounds.Find(View)?.Proposal == header.Id && _catchUp.Lacks(View) != View.Genesis)
        {
            _catchUp.Announce(View);
        }
    }

    private void OnJudged(BlockId block, BlockVerdict verdict)
    {
        if (verdict is BlockVerdict.Invalid)
        {
            _finality.OnInvalid(block);
        }
        else
        {
            _finality.OnBlock(block, isNew: false);
        }

        if (_rounds.Find(View) is Round round && round.Proposal == block)
        {
            _voting.Consider(round);
        }

        _proposer.TryBegin();
    }

    private void OnMessage(ConsensusInput.MessageArrived arrived)
    {
        if (EngineMessage.TryReadVote(arrived.Payload, out Vote vote))
        {
            _ballots.OnVote(new WaitingVote(vote, arrived.Payload, arrived.From));
            return;
        }

        // Everybody tells of a certificate that it made; most of what comes is known, and is not looked at.
        if (EngineMessage.TryReadCertified(arrived.Payload, out Statement statement) && !_ballots.Needs(in statement))
        {
            return;
        }

        switch (EngineMessage.Decode(arrived.Payload))
        {
            case EngineMessage.OfCertificate of:
                _ballots.OnCertificate(of.Certificate, arrived.From);
                break;
            case EngineMessage.Status status:
                _catchUp.OnStatus(status, arrived.From, View);
                break;
            case EngineMessage.Repeat repeat:
                _proposals.OnRepeat(repeat, arrived.From);
                break;
            default:
                _scope.Emit(new ConsensusOutput.ReportPeer(arrived.From, "a malformed message"));
                break;
        }
    }

    private void Follow(Round round, Certificate certificate, bool isNews)
    {
        switch (certificate.Kind)
        {
            case VoteKind.Notarize:
                // The vote first: others wait for it, while the head only moves here.
                _voting.OnNotarized(round, certificate, isNews);
                _finality.OnNotarized(certificate);
                break;
            case VoteKind.Nullify:
                _voting.OnNullified(certificate);
                break;
            case VoteKind.Finalize:
                OnFinalized(certificate);
                break;
        }

        _voting.Reconsider();
    }

    private void OnFinalized(Certificate certificate)
    {
        _voting.OnFinalized(certificate);
        ForgetOld();
        _epochs.EnterAfter(certificate);
    }

    private void ForgetOld()
    {
        View floor = new(_finality.View.Value > Rounds.Behind ? _finality.View.Value - Rounds.Behind : 0);
        View bound = new(View.Value > Rounds.Kept ? View.Value - Rounds.Kept : 0);
        _rounds.ForgetBefore(floor > bound ? floor : bound);
    }

    private void OnSigned(ulong intent, ReadOnlyMemory<byte> signature)
    {
        if (_proposer.TryTakeProof(intent, signature) || !_own.TryTake(intent, out Statement statement))
        {
            return;
        }

        if (statement.Kind == VoteKind.Propose)
        {
            if (_proposer.OnSigned(in statement, signature) is EngineMessage.Repeat repeat)
            {
                _proposals.OnOwnRepeat(repeat);
            }

            return;
        }

        if (statement.View.Epoch == _scope.Epoch.Epoch && _scope.Me >= 0)
        {
            var vote = new Vote(statement, _scope.Me, signature);
            Round round = _rounds.At(statement.View);
            round.MyVotes.Add(vote);
            _scope.Emit(new ConsensusOutput.Broadcast(EngineMessage.Encode(new EngineMessage.OfVote(vote))));
            _ballots.CountOwn(round, in vote);
        }
    }

    private void OnSignRefused(ulong intent)
    {
        if (_own.TryTake(intent, out Statement statement))
        {
            _scope.Observe($"refused-{(statement.Kind == VoteKind.Propose ? "proposal" : "vote")}");
        }
    }

    private void OnTimer(TimerKey key)
    {
        if (key == Voting.TimeoutTimer)
        {
            _voting.OnTimeout();
        }
        else if (key == Voting.RepeatTimer)
        {
            Repeat();
        }
        else if (key == Voting.LaterTimer)
        {
            _voting.OnLater();
        }
        else if (key == Proposer.PauseTimer)
        {
            _proposer.TryBegin();
        }
        else if (key == VoteIntake.BatchTimer)
        {
            _ballots.OnBatchTimer();
        }
    }

    /// <summary>The view takes long: messages may be lost, or some nodes are elsewhere.</summary>
    private void Repeat()
    {
        _scope.Effects.SetTimer(Voting.RepeatTimer, _scope.Now + _scope.Options.RepeatInterval);
        _catchUp.Announce(View);
        RepeatVotes(new View(View.Value - 1));
        RepeatVotes(View);
        _proposals.RepeatAgain(View);
        _finality.AskAgain();
        _proposer.TryBegin();
    }

    private void RepeatVotes(View view)
    {
        Round? round = _rounds.Find(view);
        if (round is null)
        {
            return;
        }

        foreach (Vote vote in round.MyVotes)
        {
            _scope.Emit(new ConsensusOutput.Broadcast(EngineMessage.Encode(new EngineMessage.OfVote(vote))));
        }

        if (view < View && (round.Notarization ?? round.Nullification) is Certificate certificate)
        {
            _ballots.Tell(certificate);
        }
    }
}
