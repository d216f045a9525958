using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Simplex (Chan and Pass 2023) by stake. Enters views, votes in them and follows the certificates; its parts collect
/// votes, make proposals, sign, finalize and catch up. docs/proof-of-stake.md has its rules as a table.
/// </summary>
internal sealed class SimplexEngine : IConsensusEngine
{
    private const ulong VotesAhead = 4;
    private const ulong VotesBehind = 16;
    private const ulong ProposalsAhead = 64;

    private static readonly TimerKey TimeoutTimer = new(1);
    private static readonly TimerKey RepeatTimer = new(2);
    private static readonly TimerKey LaterTimer = new(4);

    private readonly EngineScope _scope;
    private readonly Rounds _rounds = new();
    private readonly Ancestry _ancestry;
    private readonly NamedSets _named = new();
    private readonly OwnVotes _own;
    private readonly Proposer _proposer;
    private readonly Finality _finality;
    private readonly VoteIntake _intake;
    private readonly CatchUp _catchUp;
    private readonly Offences _offences;
    private readonly ViewTimer _timer;
    private LeaderActivity _activity;
    private View _view;
    private Instant _enteredAt;
    private bool _timedOut;
    private View _lastConcluded;
    private View? _finalizeLater;

    internal SimplexEngine(EngineScope scope)
    {
        _scope = scope;
        _ancestry = new Ancestry(_rounds);
        _own = new OwnVotes(scope);
        _proposer = new Proposer(scope, _ancestry, _own, _named);
        _finality = new Finality(scope);
        scope.Rules.Known = _rounds;
        _intake = new VoteIntake(scope, _rounds, IsOfUse, OnVerifiedVote, certificate => Learn(certificate, isNews: true));
        _catchUp = new CatchUp(scope, _rounds, _finality, _ancestry);
        _offences = new Offences(scope);
        _timer = new ViewTimer(scope.Options.ViewTimeout, scope.Options.MaxViewTimeout);
        _activity = new LeaderActivity(0, View.Genesis, scope.Options.SkipViews);
    }

    public IHeaderRules Rules => _scope.Rules;

    /// <summary>The view that the engine is in.</summary>
    internal View View => _view;

    /// <summary>How long the engine waits in a view.</summary>
    internal TimeSpan Timeout => _timer.Timeout;

    /// <summary>What is known of the view, for people.</summary>
    internal string Describe()
    {
        Round? round = _rounds.Find(_view);
        Round? before = _rounds.Find(new View(_view.Value - 1));
        bool found = _ancestry.TryFindParent(_view, out (BlockId Block, Certificate? Certificate) parent, out View missing);
        return $"me {_scope.Me} leader {_scope.Epoch.LeaderOf(_view)} proposal {round?.Proposal} since {round?.ProposalSince} "
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
                OnJudged(judged.Block);
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
                _intake.OnComputed(computed.Work, computed.Result);
                break;
            case ConsensusInput.TimerFired fired:
                OnTimer(fired.Key);
                break;
        }
    }

    private void OnStarted(IReadOnlyList<ConsensusRecord> records)
    {
        var recovered = RecoveredState.Read(records);
        BeginEpochOf(_scope.Tree.Head);
        foreach (Certificate certificate in recovered.Certificates)
        {
            Restore(certificate);
        }

        foreach (Statement statement in recovered.Votes)
        {
            Restore(in statement);
        }

        EnterEpochAfter(_finality.Newest);
        Enter(_view);
        foreach (Statement statement in recovered.Votes)
        {
            if (statement.View.Value + 1 >= _view.Value && statement.View.Epoch == _view.Epoch)
            {
                _own.Sign(in statement);
            }
        }

        _catchUp.Announce(_view);
    }

    /// <summary>Takes up the epoch that the head's child would be in, with what the headers show of it.</summary>
    private void BeginEpochOf(BlockTreeNode head)
    {
        ulong epoch = _scope.Schedule.EpochOf(head.Height);
        if (!_scope.Rules.Epochs.TryResolve(epoch, head.Height.Next(), head.AncestorsOfChild(), out EpochContext? context))
        {
            return;
        }

        BlockTreeNode? first = head.AncestorAt(_scope.Schedule.FirstOf(epoch));
        BeginEpoch(context, first is null ? null : CertificateIn(first.Header));
        if (head.Height > _scope.Schedule.Start && CertificateIn(head.Header) is Certificate parents && parents.View.Epoch == epoch)
        {
            Restore(parents);
        }
    }

    private void BeginEpoch(EpochContext context, Certificate? baseCertificate)
    {
        _scope.Enter(context);
        _rounds.Begin();
        _intake.Clear();
        _ancestry.Begin(context.Base, baseCertificate);
        _view = View.Of(context.Epoch, 1);
        _activity = new LeaderActivity(context.Table.Count, _view, _scope.Options.SkipViews);
    }

    /// <summary>Takes up a certificate of this node's own store.</summary>
    private void Restore(Certificate certificate)
    {
        if (certificate.Kind == VoteKind.Finalize)
        {
            _finality.OnFinalized(certificate);
        }

        if (certificate.View.Epoch == _scope.Epoch.Epoch && certificate.View.Value + VotesBehind > _finality.View.Value)
        {
            _rounds.At(certificate.View).Take(certificate);
            _view = certificate.View >= _view ? certificate.View.Next() : _view;
            if (certificate.Kind == VoteKind.Notarize)
            {
                _finality.OnNotarized(certificate);
            }
        }
    }

    private void Restore(in Statement statement)
    {
        if (statement.View.Epoch != _scope.Epoch.Epoch)
        {
            return;
        }

        Round round = _rounds.At(statement.View);
        if (statement.Kind == VoteKind.Notarize)
        {
            round.MyNotarize = statement;
        }
        else
        {
            round.MyConclusion = statement;
            _lastConcluded = statement.View > _lastConcluded ? statement.View : _lastConcluded;
        }

        _view = statement.View > _view ? statement.View : _view;
    }

    private void OnHeader(BlockHeader header)
    {
        if (!StakeSeal.TryDecode(header.Seal, out StakeSeal? seal))
        {
            return;
        }

        // The rules verified it. A block of the next epoch shows that this one is over.
        if (CertificateIn(header) is Certificate certificate)
        {
            Learn(certificate, isNews: false);
        }

        _finality.OnBlock(header.Id, isNew: true);
        EnterEpochAfter(_finality.Newest);
        if (seal.View.Epoch == _scope.Epoch.Epoch && seal.View.Value + VotesBehind > _view.Value && seal.View.Value <= _view.Value + ProposalsAhead)
        {
            OnProposal(header, seal);
        }

        _proposer.TryBegin();
    }

    private void OnProposal(BlockHeader header, StakeSeal seal)
    {
        Round round = _rounds.At(seal.View);
        int leader = _scope.Epoch.LeaderOf(seal.View);
        OnLeaderSigned(round, new Vote(seal.Proposal(header.Fields), leader, seal.Signature));
        if (round.Proposal is null)
        {
            View since = CertificateIn(header)?.View ?? View.Genesis;
            round.Proposal = header.Id;
            round.ProposalSince = since.Epoch == seal.View.Epoch ? since : View.Of(seal.View.Epoch, 0);
            round.AskedForVerdict = false;
        }

        Consider(round);
    }

    private void OnLeaderSigned(Round round, in Vote vote)
    {
        _activity.Heard(vote.Signer, round.View);
        Vote first = round.RememberProposal(in vote);
        _offences.OnConflict(in first, in vote);
    }

    private void OnJudged(BlockId block)
    {
        _finality.OnBlock(block, isNew: false);
        if (_rounds.Find(_view) is Round round && round.Proposal == block)
        {
            Consider(round);
        }

        _proposer.TryBegin();
    }

    /// <summary>Notarizes the proposal of the current view where everything is known that allows it; nullifies an invalid one.</summary>
    private void Consider(Round round)
    {
        if (_scope.Me < 0
            || round.View != _view
            || round.MyNotarize is not null
            || round.Proposal is not BlockId block
            || !_scope.Tree.TryGet(block, out BlockTreeNode? node)
            || !_ancestry.IsNullifiedBetween(round.ProposalSince, _view))
        {
            return;
        }

        if (node.Status == BlockStatus.HeaderOnly)
        {
            if (!round.AskedForVerdict)
            {
                round.AskedForVerdict = true;
                _scope.Emit(new ConsensusOutput.RequestVerdict(block));
            }
        }
        else if (node.Status == BlockStatus.Valid && NamesSets(node))
        {
            var statement = new Statement(VoteKind.Notarize, _view, block.Value);
            round.MyNotarize = statement;
            _own.Cast(in statement);
        }
        else
        {
            Nullify(round);
        }
    }

    /// <summary>Whether a block carries the sets that the state names, where it is the one that must.</summary>
    private bool NamesSets(BlockTreeNode node) =>
        !_scope.Schedule.IsFirst(node.Height)
        || _scope.Schedule.EpochOf(node.Height) != _scope.Epoch.Epoch
        || (StakeSeal.TryDecode(node.Header.Seal, out StakeSeal? seal)
            && seal.Sets.Span.SequenceEqual(_named.SetsAfter(node.Parent!, _scope.Tree, _scope.Epoch)));

    private void OnMessage(ConsensusInput.MessageArrived arrived)
    {
        if (EngineMessage.TryReadVote(arrived.Payload, out Vote vote))
        {
            OnVote(new WaitingVote(vote, arrived.Payload, arrived.From));
            return;
        }

        switch (EngineMessage.Decode(arrived.Payload))
        {
            case EngineMessage.OfCertificate of:
                OnCertificate(of.Certificate, arrived.From);
                break;
            case EngineMessage.Status status:
                _catchUp.OnStatus(status, arrived.From, _view);
                break;
            case EngineMessage.Repeat repeat:
                OnRepeat(repeat, arrived.From);
                break;
            default:
                _scope.Emit(new ConsensusOutput.ReportPeer(arrived.From, "a malformed message"));
                break;
        }
    }

    private void OnVote(in WaitingVote arrived)
    {
        (Vote vote, _, ConnectionId from) = arrived;
        Statement statement = vote.Statement;
        if (statement.Kind == VoteKind.Propose)
        {
            _scope.Emit(new ConsensusOutput.ReportPeer(from, "a proposal as a vote"));
            return;
        }

        if (statement.View > _view.Next())
        {
            _catchUp.Ask(from, _view);
        }

        if (statement.View.Epoch != _view.Epoch || statement.View.Index == 0 || statement.View.Value > _view.Value + VotesAhead)
        {
            return;
        }

        if (vote.Signer >= _scope.Table.Count)
        {
            _scope.Emit(new ConsensusOutput.ReportPeer(from, "a vote of nobody"));
            return;
        }

        _activity.Heard(vote.Signer, statement.View);
        if (IsOfUse(vote))
        {
            _intake.Offer(in arrived, _rounds.At(statement.View).Find(in statement)?.Stake ?? 0);
        }
    }

    /// <summary>Whether a vote may still help to make a certificate, or be an offence.</summary>
    private bool IsOfUse(Vote vote)
    {
        Statement statement = vote.Statement;
        Round? round = _rounds.Find(statement.View);
        if (round is null)
        {
            return statement.View >= _view;
        }

        if (round.FindExcluded(in vote) is not null)
        {
            return !_offences.WasTold(vote.Signer, statement.View);
        }

        bool isDone = round.Of(statement.Kind) is not null || round.Finalization is not null;
        return !isDone
            && statement.View.Value + VotesBehind > _view.Value
            && !round.HasVoted(statement.Kind, vote.Signer);
    }

    private void OnCertificate(Certificate certificate, ConnectionId from)
    {
        if (certificate.View.Epoch > _view.Epoch)
        {
            _catchUp.Ask(from, _view);
            return;
        }

        if (certificate.View.Epoch == _view.Epoch && certificate.View.Index > 0 && (IsNews(certificate) || Contradicts(certificate)))
        {
            _intake.Offer(certificate, from);
        }
    }

    private bool IsNews(Certificate certificate) =>
        certificate.View > _finality.View && _rounds.Find(certificate.View)?.Of(certificate.Kind) is null;

    /// <summary>Whether no certificate that is known can stand beside this one: then the chain forked, and somebody is guilty.</summary>
    private bool Contradicts(Certificate certificate) =>
        _rounds.Find(certificate.View) is Round { IsContradicted: false } round
        && (round.Notarization?.Statement.Excludes(certificate.Statement) == true
            || round.Nullification?.Statement.Excludes(certificate.Statement) == true
            || round.Finalization?.Statement.Excludes(certificate.Statement) == true);

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
        bool isNew = Count(round, in vote);
        if (isNew && round.Of(statement.Kind) is null && _scope.Options.RelaysVotes)
        {
            _scope.Emit(new ConsensusOutput.Broadcast(arrived.Payload));
        }
    }

    private void CompareWithOthers(Round round, in Vote vote)
    {
        if (round.FindExcluded(in vote) is Vote other)
        {
            _offences.OnConflict(in other, in vote);
        }
    }

    /// <summary>
    /// Counts a valid vote; false where one of the kind was counted for this validator. The correct ones cast one, and they
    /// are a quorum; so many votes of one that is not cannot keep theirs out.
    /// </summary>
    private bool Count(Round round, in Vote vote)
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

        return true;
    }

    /// <summary>Takes a certificate that holds.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="isNews">Whether others may not know it; what a header carries, they do.</param>
    private void Learn(Certificate certificate, bool isNews)
    {
        bool contradicts = Contradicts(certificate);
        if (certificate.View.Epoch != _scope.Epoch.Epoch || !(contradicts || IsNews(certificate)))
        {
            return;
        }

        Round round = _rounds.At(certificate.View);
        round.IsContradicted |= contradicts;
        TakeVotes(round, certificate);
        if (!IsNews(certificate))
        {
            return;
        }

        round.Take(certificate);
        if (isNews)
        {
            _scope.Emit(new ConsensusOutput.Persist(EngineRecords.Of(certificate)));
            Tell(certificate);
        }

        Follow(round, certificate, isNews);
    }

    /// <summary>The votes of a certificate need not be verified again, and may be offences beside others.</summary>
    private void TakeVotes(Round round, Certificate certificate)
    {
        foreach (Vote vote in certificate.Votes())
        {
            _activity.Heard(vote.Signer, certificate.View);
            CompareWithOthers(round, in vote);
            if (!round.HasVoted(certificate.Kind, vote.Signer))
            {
                round.Count(in vote, _scope.StakeOf(vote.Signer));
            }
        }
    }

    private void Follow(Round round, Certificate certificate, bool isNews)
    {
        switch (certificate.Kind)
        {
            case VoteKind.Notarize:
                OnNotarized(round, certificate, isNews);
                break;
            case VoteKind.Nullify:
                OnNullified(certificate);
                break;
            case VoteKind.Finalize:
                OnFinalized(certificate);
                break;
        }

        if (_rounds.Find(_view) is Round current)
        {
            Consider(current);
        }

        _proposer.TryBegin();
    }

    private void OnNotarized(Round round, Certificate certificate, bool isNews)
    {
        _finality.OnNotarized(certificate);
        if (certificate.View < _view)
        {
            return;
        }

        if (certificate.View == _view)
        {
            OnLeft(_scope.Now - _enteredAt);
        }

        if (isNews)
        {
            Finalize(round, certificate);
        }
        else
        {
            // A node that takes in many headers finalizes only where they end.
            _finalizeLater = certificate.View;
            _scope.Effects.SetTimer(LaterTimer, _scope.Now);
        }

        Enter(certificate.View.Next());
    }

    private void OnNullified(Certificate certificate)
    {
        if (certificate.View < _view)
        {
            return;
        }

        if (certificate.View == _view && _timedOut)
        {
            _timer.OnTimedOut();
        }

        Enter(certificate.View.Next());
    }

    /// <summary>A notarization that came after the time-out cannot become final; that too asks for more time.</summary>
    private void OnLeft(TimeSpan took)
    {
        if (_timedOut)
        {
            _timer.OnTimedOut();
        }
        else
        {
            _timer.OnNotarized(took);
        }
    }

    private void OnFinalized(Certificate certificate)
    {
        _finality.OnFinalized(certificate);
        if (certificate.View >= _view)
        {
            Enter(certificate.View.Next());
        }

        ForgetOld();
        EnterEpochAfter(certificate);
    }

    private void ForgetOld()
    {
        View floor = new(_finality.View.Value > VotesBehind ? _finality.View.Value - VotesBehind : 0);
        View bound = new(_view.Value > Rounds.Kept ? _view.Value - Rounds.Kept : 0);
        _rounds.ForgetBefore(floor > bound ? floor : bound);
    }

    /// <summary>
    /// Enters the next epoch if the last block of this one is final and its header is known; the epoch of a final block that
    /// is later than this one, as a record may be newer than the head after a crash.
    /// </summary>
    private void EnterEpochAfter(Certificate? final)
    {
        if (final is null || final.View.Epoch < _scope.Epoch.Epoch || !_scope.Tree.TryGet(final.Block, out BlockTreeNode? node))
        {
            return;
        }

        if (final.View.Epoch > _scope.Epoch.Epoch)
        {
            BeginEpochOf(node);
            Restore(final);
            Enter(_view);
        }

        if (final.View.Epoch != _scope.Epoch.Epoch
            || !_scope.Schedule.IsLast(node.Height)
            || !_scope.Rules.Epochs.TryResolve(final.View.Epoch + 1, node.Height.Next(), node.AncestorsOfChild(), out EpochContext? next))
        {
            return;
        }

        BeginEpoch(next, final);
        _scope.Observe("epoch", next.Epoch);
        Enter(_view);
    }

    private void Enter(View view)
    {
        _view = view;
        _enteredAt = _scope.Now;
        _timedOut = false;
        _proposer.OnEntered(view);
        _scope.Effects.SetTimer(RepeatTimer, _scope.Now + _scope.Options.RepeatInterval);
        Round round = _rounds.At(view);
        if (_activity.IsDead(_scope.Epoch.LeaderOf(view), view))
        {
            _scope.Effects.CancelTimer(TimeoutTimer);
            _scope.Observe("leader-skipped");
            Nullify(round);
        }
        else
        {
            _scope.Effects.SetTimer(TimeoutTimer, _scope.Now + _timer.Timeout);
        }

        Consider(round);
        _proposer.TryBegin();
    }

    private void Nullify(Round round)
    {
        if (_scope.Me >= 0 && round.MyConclusion is null)
        {
            Conclude(round, new Statement(VoteKind.Nullify, round.View, Hash256.Zero));
        }
    }

    private void Finalize(Round round, Certificate notarization)
    {
        if (_scope.Me >= 0 && round.MyConclusion is null)
        {
            Conclude(round, new Statement(VoteKind.Finalize, round.View, notarization.Block.Value));
        }
    }

    private void Conclude(Round round, in Statement statement)
    {
        // The signer would refuse what is below its mark.
        if (round.View >= _lastConcluded)
        {
            _lastConcluded = round.View;
            round.MyConclusion = statement;
            _own.Cast(in statement);
        }
    }

    private void OnSigned(ulong intent, ReadOnlyMemory<byte> signature)
    {
        if (_proposer.TryTakeProof(intent, signature) || !_own.TryTake(intent, out Statement statement))
        {
            return;
        }

        if (statement.Kind == VoteKind.Propose)
        {
            _proposer.OnSigned(in statement, signature);
            return;
        }

        if (statement.View.Epoch == _scope.Epoch.Epoch && _scope.Me >= 0)
        {
            var vote = new Vote(statement, _scope.Me, signature);
            Round round = _rounds.At(statement.View);
            round.MyVotes.Add(vote);
            _scope.Emit(new ConsensusOutput.Broadcast(EngineMessage.Encode(new EngineMessage.OfVote(vote))));
            Count(round, in vote);
        }
    }

    private void OnSignRefused(ulong intent)
    {
        if (_own.TryTake(intent, out Statement statement))
        {
            _scope.Observe($"refused-{(statement.Kind == VoteKind.Propose ? "proposal" : "vote")}");
        }
    }

    private void OnRepeat(EngineMessage.Repeat repeat, ConnectionId from)
    {
        if (repeat.View.Epoch != _view.Epoch || repeat.View < _view || repeat.View.Value > _view.Value + VotesAhead)
        {
            return;
        }

        Round round = _rounds.At(repeat.View);
        int leader = _scope.Epoch.LeaderOf(repeat.View);
        Statement statement = StakeSeal.Repeat(repeat.View, repeat.Block);
        byte[] message = statement.SigningHash(_scope.Genesis).ToArray();
        if (!_scope.Crypto.VerifyAll([new SignatureClaim(_scope.Table.PublicKey(leader), message, repeat.Signature)], _scope.Table))
        {
            _scope.Emit(new ConsensusOutput.ReportPeer(from, "a proposal with a false signature"));
            return;
        }

        OnLeaderSigned(round, new Vote(statement, leader, repeat.Signature));
        if (round.Proposal is null && Certified(repeat.Block, repeat.View) is View since)
        {
            round.Proposal = repeat.Block;
            round.ProposalSince = since;
            _scope.Emit(new ConsensusOutput.Broadcast(EngineMessage.Encode(repeat)));
            Consider(round);
        }
    }

    /// <summary>The newest view before <paramref name="view"/> in which the last block of the epoch was notarized.</summary>
    private View? Certified(BlockId block, View view)
    {
        if (!_scope.Tree.TryGet(block, out BlockTreeNode? node) || !_scope.Schedule.IsLast(node.Height))
        {
            return null;
        }

        return _ancestry.TryFindParent(view, out (BlockId Block, Certificate? Certificate) parent, out _) && parent.Block == block
            ? parent.Certificate?.View
            : null;
    }

    private void OnTimer(TimerKey key)
    {
        if (key == TimeoutTimer)
        {
            _timedOut = true;
            Nullify(_rounds.At(_view));
        }
        else if (key == RepeatTimer)
        {
            Repeat();
        }
        else if (key == Proposer.PauseTimer)
        {
            _proposer.TryBegin();
        }
        else if (key == VoteIntake.BatchTimer)
        {
            _intake.OnBatchTimer();
        }
        else if (key == LaterTimer && _finalizeLater is View later)
        {
            _finalizeLater = null;
            if (later.Next() == _view && _rounds.Find(later) is { Notarization: Certificate certificate } round)
            {
                Finalize(round, certificate);
            }
        }
    }

    /// <summary>The view takes long: messages may be lost, or some nodes are elsewhere.</summary>
    private void Repeat()
    {
        _scope.Effects.SetTimer(RepeatTimer, _scope.Now + _scope.Options.RepeatInterval);
        _catchUp.Announce(_view);
        RepeatVotes(new View(_view.Value - 1));
        RepeatVotes(_view);
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

        if (view < _view && (round.Notarization ?? round.Nullification) is Certificate certificate)
        {
            Tell(certificate);
        }
    }

    private void Tell(Certificate certificate) =>
        _scope.Emit(new ConsensusOutput.Broadcast(EngineMessage.Encode(new EngineMessage.OfCertificate(certificate))));

    private static Certificate? CertificateIn(BlockHeader header) =>
        StakeSeal.TryDecode(header.Seal, out StakeSeal? seal) && Certificate.TryDecode(seal.ParentCertificate, out Certificate? certificate)
            ? certificate
            : null;
}
