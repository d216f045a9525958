using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Votes and certificates on their way from peers to the tally. Votes wait until they can make a quorum, or a moment, and
/// are verified together; what one peer can make wait is bounded, and whoever sends a false one is reported.
/// </summary>
internal sealed class VoteIntake(EngineScope scope, Action<Vote> onVote, Action<Certificate> onCertificate)
{
    public static readonly TimerKey BatchTimer = new(3);

    private const int MaxCertificates = 64;
    private const int MaxCopies = 2;

    private readonly List<(Vote Vote, ConnectionId From)> _waiting = [];
    private readonly Dictionary<Statement, UInt128> _waitingStake = [];
    private readonly Dictionary<ConnectionId, int> _waitingOf = [];
    private readonly SortedDictionary<ulong, Batch> _running = [];
    private ulong _work;
    private bool _verifiesVotes;
    private bool _timerIsSet;

    /// <summary>How many votes of one peer may wait: three kinds of every validator in a few views.</summary>
    private int Budget => 12 * scope.Table.Count;

    /// <summary>Forgets what waits, at the end of an epoch.</summary>
    public void Clear()
    {
        _waiting.Clear();
        _waitingStake.Clear();
        _waitingOf.Clear();
    }

    /// <summary>Takes a vote that is of use if it is valid.</summary>
    /// <param name="vote">The vote.</param>
    /// <param name="from">Who sent it.</param>
    /// <param name="verified">The stake that the same statement has already.</param>
    public void Offer(in Vote vote, ConnectionId from, UInt128 verified)
    {
        int waits = _waitingOf.GetValueOrDefault(from);
        if (waits >= Budget || IsWaiting(in vote))
        {
            return;
        }

        _waitingOf[from] = waits + 1;
        _waiting.Add((vote, from));
        UInt128 stake = _waitingStake.GetValueOrDefault(vote.Statement) + scope.WeightOf(vote.Signer);
        _waitingStake[vote.Statement] = stake;
        if (scope.IsQuorum(stake + verified) || scope.Options.VoteBatchDelay == TimeSpan.Zero)
        {
            VerifyVotes();
        }
        else if (!_timerIsSet)
        {
            _timerIsSet = true;
            scope.Effects.SetTimer(BatchTimer, scope.Now + scope.Options.VoteBatchDelay);
        }
    }

    /// <summary>Takes a certificate that is of use if it holds.</summary>
    public void Offer(Certificate certificate, ConnectionId from)
    {
        int copies = 0;
        foreach ((_, Batch running) in _running)
        {
            copies += running.Certificate?.Statement == certificate.Statement ? 1 : 0;
        }

        if (copies >= MaxCopies || _running.Count >= MaxCertificates)
        {
            return;
        }

        var claims = new List<SignatureClaim>(certificate.Count);
        if (!certificate.TryGetClaims(scope.Table, scope.Genesis, scope.Rules.Quorum, scope.Rules.Known, claims))
        {
            scope.Emit(new ConsensusOutput.ReportPeer(from, "a certificate without a quorum"));
            return;
        }

        Run([.. claims], new Batch(null, certificate, from, scope.Epoch.Epoch));
    }

    public void OnBatchTimer()
    {
        _timerIsSet = false;
        VerifyVotes();
    }

    public void OnComputed(ulong work, JobResult result)
    {
        if (!_running.Remove(work, out Batch? batch) || result is not VotesVerified verified)
        {
            return;
        }

        bool isOld = batch.Epoch != scope.Epoch.Epoch;
        if (batch.Certificate is Certificate certificate)
        {
            OnCertificateVerified(certificate, batch.From, !verified.Verdicts.AsSpan().Contains(false), isOld);
            return;
        }

        _verifiesVotes = false;
        OnVotesVerified(batch.Votes!, verified.Verdicts, isOld);
        if (CanMakeQuorum())
        {
            VerifyVotes();
        }
    }

    private void OnCertificateVerified(Certificate certificate, ConnectionId from, bool holds, bool isOld)
    {
        if (!holds && !scope.Variant.BelievesVotes)
        {
            scope.Emit(new ConsensusOutput.ReportPeer(from, "a certificate with a false signature"));
        }
        else if (!isOld)
        {
            onCertificate(certificate);
        }
    }

    private void OnVotesVerified((Vote Vote, ConnectionId From)[] votes, bool[] verdicts, bool isOld)
    {
        for (int i = 0; i < votes.Length; i++)
        {
            if (!verdicts[i] && !scope.Variant.BelievesVotes)
            {
                scope.Emit(new ConsensusOutput.ReportPeer(votes[i].From, "a vote with a false signature"));
            }
            else if (!isOld && scope.Epoch.Epoch == votes[i].Vote.Statement.View.Epoch)
            {
                onVote(votes[i].Vote);
            }
        }
    }

    private void VerifyVotes()
    {
        if (_verifiesVotes || _waiting.Count == 0)
        {
            return;
        }

        _verifiesVotes = true;
        (Vote Vote, ConnectionId From)[] votes = [.. _waiting];
        Clear();
        var claims = new SignatureClaim[votes.Length];
        for (int i = 0; i < claims.Length; i++)
        {
            Vote vote = votes[i].Vote;
            claims[i] = new SignatureClaim(
                scope.Table.PublicKey(vote.Signer), vote.Statement.SigningHash(scope.Genesis).ToArray(), vote.Signature);
        }

        Run(claims, new Batch(votes, null, default, scope.Epoch.Epoch));
    }

    private void Run(SignatureClaim[] claims, Batch batch)
    {
        _running.Add(++_work, batch);
        scope.Emit(new ConsensusOutput.Compute(_work, new VerifyVotesJob(scope.Crypto, scope.Table, claims)));
    }

    private bool IsWaiting(in Vote vote)
    {
        foreach ((Vote waiting, _) in _waiting)
        {
            if (waiting.Signer == vote.Signer
                && waiting.Statement == vote.Statement
                && waiting.Signature.Span.SequenceEqual(vote.Signature.Span))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what came while a batch was verified is worth the next one at once.</summary>
    private bool CanMakeQuorum()
    {
        foreach ((Vote vote, _) in _waiting)
        {
            if (scope.IsQuorum(_waitingStake[vote.Statement]))
            {
                return true;
            }
        }

        return !_timerIsSet && _waiting.Count > 0;
    }

    private sealed record Batch((Vote Vote, ConnectionId From)[]? Votes, Certificate? Certificate, ConnectionId From, ulong Epoch);
}
