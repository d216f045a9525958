using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Votes and certificates on their way from peers to the tally. Votes wait until they can make a quorum, or a moment, and
/// are verified together; what one peer can make wait is bounded, and whoever sends a false one is reported.
/// </summary>
internal sealed class VoteIntake(
    EngineScope scope, Rounds rounds, Func<Vote, bool> isOfUse, Action<WaitingVote> onVote, Action<Certificate> onCertificate)
{
    public static readonly TimerKey BatchTimer = new(3);

    private const int MaxCertificates = 64;
    private const int MaxCopies = 2;

    private readonly SortedDictionary<ulong, PendingCertificate> _certificates = [];
    private WaitingVotes _waiting = new();
    private WaitingVotes _verifying = new();
    private ulong _verifyingEpoch;
    private ulong _votesWork; // 0 while no batch of votes is verified
    private ulong _work;
    private bool _timerIsSet;

    /// <summary>How many votes of one peer may wait: three kinds of every validator in a few views.</summary>
    private int Budget => 12 * scope.Table.Count;

    /// <summary>Forgets what waits, at the end of an epoch.</summary>
    public void Clear() => _waiting.Clear();

    /// <summary>Takes a vote that is of use if it is valid.</summary>
    /// <param name="vote">The vote, as it came.</param>
    /// <param name="verified">The stake that the same statement has already.</param>
    public void Offer(in WaitingVote vote, UInt128 verified)
    {
        if (!_waiting.TryAdd(in vote, scope.StakeOf(vote.Vote.Signer), Budget, out UInt128 together))
        {
            return;
        }

        if (scope.IsQuorum(together + verified) || scope.Options.VoteBatchDelay == TimeSpan.Zero)
        {
            VerifyVotes();
        }
        else if (!_timerIsSet)
        {
            _timerIsSet = true;
            scope.Effects.SetTimer(BatchTimer, scope.Now + scope.Options.VoteBatchDelay);
        }
    }

    /// <summary>More stake was verified for a statement: what waits may be enough now.</summary>
    public void OnCounted(in Statement statement, UInt128 verified)
    {
        if (scope.IsQuorum(_waiting.StakeOf(in statement) + verified))
        {
            VerifyVotes();
        }
    }

    /// <summary>Takes a certificate that is of use if it holds.</summary>
    public void Offer(Certificate certificate, ConnectionId from)
    {
        int copies = 0;
        foreach ((_, PendingCertificate pending) in _certificates)
        {
            copies += pending.Certificate.Statement == certificate.Statement ? 1 : 0;
        }

        if (copies >= MaxCopies || _certificates.Count >= MaxCertificates)
        {
            return;
        }

        var claims = new List<SignatureClaim>(certificate.Count);
        if (!certificate.TryGetClaims(scope.Table, scope.Genesis, rounds, claims))
        {
            scope.Emit(new ConsensusOutput.ReportPeer(from, "a certificate without a quorum"));
            return;
        }

        _certificates.Add(++_work, new PendingCertificate(certificate, from, scope.Epoch.Epoch));
        var job = new VerifyVotesJob(scope.Crypto, scope.Table, claims.ToArray(), new bool[claims.Count]);
        scope.Emit(new ConsensusOutput.Compute(_work, job));
    }

    public void OnBatchTimer()
    {
        _timerIsSet = false;
        VerifyVotes();
    }

    public void OnComputed(ulong work, JobResult result)
    {
        if (result is not VotesVerified verified)
        {
            return;
        }

        if (_certificates.Remove(work, out PendingCertificate? pending))
        {
            OnCertificateVerified(pending, !verified.Verdicts.Span.Contains(false));
        }
        else if (work == _votesWork)
        {
            OnVotesVerified(verified.Verdicts.Span);
        }
    }

    private void OnCertificateVerified(PendingCertificate pending, bool holds)
    {
        if (!holds)
        {
            scope.Emit(new ConsensusOutput.ReportPeer(pending.From, "a certificate with a false signature"));
        }
        else if (pending.Epoch == scope.Epoch.Epoch)
        {
            onCertificate(pending.Certificate);
        }
    }

    private void OnVotesVerified(ReadOnlySpan<bool> verdicts)
    {
        _votesWork = 0;
        WaitingVotes votes = _verifying;
        for (int i = 0; i < votes.Count; i++)
        {
            if (!verdicts[i])
            {
                scope.Emit(new ConsensusOutput.ReportPeer(votes[i].From, "a vote with a false signature"));
            }
            else if (_verifyingEpoch == scope.Epoch.Epoch)
            {
                onVote(votes[i]);
            }
        }

        votes.Clear();
        if (CanMakeQuorum())
        {
            VerifyVotes();
        }
    }

    private void VerifyVotes()
    {
        if (_votesWork != 0)
        {
            return;
        }

        _waiting.Keep(isOfUse);
        if (_waiting.Count == 0)
        {
            _waiting.Clear();
            return;
        }

        (_waiting, _verifying) = (_verifying, _waiting);
        _votesWork = ++_work;
        _verifyingEpoch = scope.Epoch.Epoch;
        scope.Emit(new ConsensusOutput.Compute(_work, _verifying.Verify(scope)));
    }

    /// <summary>Whether what came while a batch was verified is worth the next one at once.</summary>
    private bool CanMakeQuorum()
    {
        for (int i = 0; i < _waiting.Count; i++)
        {
            if (scope.IsQuorum(_waiting.StakeOf(_waiting[i].Vote.Statement)))
            {
                return true;
            }
        }

        return !_timerIsSet && _waiting.Count > 0;
    }

    private sealed record PendingCertificate(Certificate Certificate, ConnectionId From, ulong Epoch);
}
