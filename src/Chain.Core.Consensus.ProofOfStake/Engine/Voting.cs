using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>The view that this node is in, and its own votes there.</summary>
internal sealed class Voting(EngineScope scope, Rounds rounds, Ancestry ancestry, NamedSets named, OwnVotes own, Proposer proposer)
{
    public static readonly TimerKey TimeoutTimer = new(1);
    public static readonly TimerKey RepeatTimer = new(2);
    public static readonly TimerKey LaterTimer = new(4);

    private readonly ViewTimer _timer = new(scope.Options.ViewTimeout, scope.Options.MaxViewTimeout);
    private LeaderActivity _activity = new(scope.Table, scope.Options.SkipViews);
    private Instant _enteredAt;
    private bool _timedOut;
    private View _lastConcluded;
    private View? _finalizeLater;

    /// <summary>The view that the engine is in.</summary>
    public View View { get; private set; }

    /// <summary>How long the engine waits in a view.</summary>
    public TimeSpan Timeout => _timer.Timeout;

    /// <summary>Goes to the first view of the epoch at hand, without entering it.</summary>
    public void Begin()
    {
        bool isNext = View.Index > 0 && scope.Epoch.Epoch == View.Epoch + 1;
        _activity = isNext ? _activity.After(View, scope.Table) : new LeaderActivity(scope.Table, scope.Options.SkipViews);
        View = View.Of(scope.Epoch.Epoch, 1);
    }

    /// <summary>Goes past the view of a certificate of this node's own store, without entering the next one.</summary>
    public void Restore(Certificate certificate) => View = certificate.View >= View ? certificate.View.Next() : View;

    /// <summary>Takes up a vote of this node's own store, and has it signed again: it may not have left.</summary>
    public void Restore(in Statement statement)
    {
        Round round = rounds.At(statement.View);
        if (statement.Kind == VoteKind.Notarize)
        {
            round.MyNotarize = statement;
        }
        else
        {
            round.MyConclusion = statement;
            _lastConcluded = statement.View > _lastConcluded ? statement.View : _lastConcluded;
        }

        View = statement.View > View ? statement.View : View;
        own.Sign(in statement);
    }

    /// <summary>Enters a view.</summary>
    public void Enter(View view)
    {
        View = view;
        _enteredAt = scope.Now;
        _timedOut = false;
        proposer.OnEntered(view);
        scope.Effects.SetTimer(RepeatTimer, scope.Now + scope.Options.RepeatInterval);
        Round round = rounds.At(view);
        if (_activity.IsDead(scope.Epoch.LeaderOf(view), view))
        {
            scope.Effects.CancelTimer(TimeoutTimer);
            scope.Observe("leader-skipped");
            Nullify(round);
        }
        else
        {
            scope.Effects.SetTimer(TimeoutTimer, scope.Now + _timer.Timeout);
        }

        NullifyWithOthers(round);
        Consider(round);
        proposer.TryBegin();
    }

    /// <summary>Nullifies the current view too where some correct validator did: it will hardly become final.</summary>
    public void NullifyWithOthers(Round round)
    {
        if (round.View == View && round.Find(NullifyOf(View)) is VoteTally tally && scope.Table.HasCorrect(tally.Stake))
        {
            Nullify(round);
        }
    }

    /// <summary>Notarizes the proposal of the current view where everything is known that allows it; nullifies an invalid one.</summary>
    public void Consider(Round round)
    {
        if (scope.Me < 0 || round.View != View || round.MyNotarize is not null)
        {
            return;
        }

        TakeRepeated(round);
        if (round.Proposal is not BlockId block
            || !scope.Tree.TryGet(block, out BlockTreeNode? node)
            || ancestry.NotNullifiedBetween(round.ProposalSince, View) != View.Genesis)
        {
            return;
        }

        if (node.Status == BlockStatus.HeaderOnly)
        {
            if (!round.AskedForVerdict)
            {
                round.AskedForVerdict = true;
                scope.Emit(new ConsensusOutput.RequestVerdict(block));
            }
        }
        else if (node.Status == BlockStatus.Valid && NamesSets(node))
        {
            var statement = new Statement(VoteKind.Notarize, View, block.Value);
            round.MyNotarize = statement;
            own.Cast(in statement);
        }
        else
        {
            Nullify(round);
        }
    }

    /// <summary>Something was learned that may decide a vote of the current view, or let this node propose.</summary>
    public void Reconsider()
    {
        if (rounds.Find(View) is Round current)
        {
            Consider(current);
        }

        proposer.TryBegin();
    }

    /// <summary>A block became final.</summary>
    public void OnFinalized(Certificate certificate)
    {
        if (certificate.View >= View)
        {
            Enter(certificate.View.Next());
        }
    }

    /// <summary>Something was heard of a validator.</summary>
    public void Heard(int place, View view) => _activity.Heard(place, view);

    /// <summary>The view took too long.</summary>
    public void OnTimeout()
    {
        _timedOut = true;
        Nullify(rounds.At(View));
    }

    /// <summary>The headers that arrived together are taken in: finalizes where they ended.</summary>
    public void OnLater()
    {
        if (_finalizeLater is not View later)
        {
            return;
        }

        _finalizeLater = null;
        if (later.Next() == View && rounds.Find(later) is { Notarization: Certificate certificate } round)
        {
            Finalize(round, certificate);
        }
    }

    /// <summary>A block was notarized.</summary>
    /// <param name="round">Its view.</param>
    /// <param name="certificate">Notarizes it.</param>
    /// <param name="isNews">Whether others may not know it.</param>
    public void OnNotarized(Round round, Certificate certificate, bool isNews)
    {
        if (certificate.View < View)
        {
            return;
        }

        if (certificate.View == View)
        {
            OnLeft(scope.Now - _enteredAt);
        }

        if (isNews)
        {
            Finalize(round, certificate);
        }
        else
        {
            // A node that takes in many headers finalizes only where they end.
            _finalizeLater = certificate.View;
            scope.Effects.SetTimer(LaterTimer, scope.Now);
        }

        Enter(certificate.View.Next());
    }

    /// <summary>A view was nullified.</summary>
    public void OnNullified(Certificate certificate)
    {
        if (certificate.View < View)
        {
            return;
        }

        if (certificate.View == View && _timedOut)
        {
            _timer.OnTimedOut();
        }

        Enter(certificate.View.Next());
    }

    /// <summary>Takes the last block of the epoch for the proposal, where the leader proposes it again and nothing newer is notarized.</summary>
    private void TakeRepeated(Round round)
    {
        if (round is { Proposal: null, Repeat: EngineMessage.Repeat repeat }
            && scope.Tree.TryGet(repeat.Block, out BlockTreeNode? node)
            && scope.Schedule.IsLast(node.Height)
            && ancestry.TryFindParent(View, out (BlockId Block, Certificate? Certificate) parent, out _)
            && parent.Block == repeat.Block
            && parent.Certificate is Certificate certificate)
        {
            round.Proposal = repeat.Block;
            round.ProposalSince = certificate.View;
        }
    }

    private void Nullify(Round round)
    {
        if (scope.Me >= 0 && round.MyConclusion is null)
        {
            Conclude(round, NullifyOf(round.View));
        }
    }

    private static Statement NullifyOf(View view) => new(VoteKind.Nullify, view, Hash256.Zero);

    private void Finalize(Round round, Certificate notarization)
    {
        if (scope.Me >= 0 && round.MyConclusion is null)
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
            own.Cast(in statement);
        }
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

    /// <summary>Whether a block carries the sets that the state names, where it is the one that must.</summary>
    private bool NamesSets(BlockTreeNode node) =>
        !scope.Schedule.IsFirst(node.Height)
        || scope.Schedule.EpochOf(node.Height) != scope.Epoch.Epoch
        || (StakeSeal.TryDecode(node.Header.Seal, out StakeSeal? seal)
            && seal.Sets.Span.SequenceEqual(named.SetsAfter(node.Parent!, scope.Tree, scope.Epoch)));
}
