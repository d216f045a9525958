using System.Runtime.InteropServices;
using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Unverified votes, and how much stake they would give to each statement. Made once and filled again and again.</summary>
internal sealed class WaitingVotes
{
    private readonly List<WaitingVote> _votes = [];
    private readonly Dictionary<Statement, Group> _groups = [];
    private readonly Dictionary<ConnectionId, int> _bySender = [];
    private SignatureClaim[] _claims = [];
    private bool[] _verdicts = [];

    public int Count => _votes.Count;

    public WaitingVote this[int index] => _votes[index];

    public void Clear()
    {
        _votes.Clear();
        _groups.Clear();
        _bySender.Clear();
    }

    /// <summary>Takes a vote, unless it waits already or its sender has used up what one may make wait.</summary>
    /// <param name="waiting">The vote.</param>
    /// <param name="stake">The stake of its signer.</param>
    /// <param name="budget">How many votes of one sender may wait.</param>
    /// <param name="together">The stake that waits for the statement, this vote included.</param>
    public bool TryAdd(in WaitingVote waiting, ulong stake, int budget, out UInt128 together)
    {
        together = 0;
        ref int sent = ref CollectionsMarshal.GetValueRefOrAddDefault(_bySender, waiting.From, out _);
        ref Group group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, waiting.Vote.Statement, out _);
        bool signerIsNew = !group.Signers.Contains(waiting.Vote.Signer);
        if (sent >= budget || (!signerIsNew && Has(waiting.Vote)))
        {
            return false;
        }

        sent++;
        group.Signers.Add(waiting.Vote.Signer);
        group.Stake += signerIsNew ? stake : 0UL;
        together = group.Stake;
        _votes.Add(waiting);
        return true;
    }

    /// <summary>The stake that waits for a statement.</summary>
    public UInt128 StakeOf(in Statement statement) => _groups.TryGetValue(statement, out Group group) ? group.Stake : 0;

    /// <summary>Drops the votes that are not of use any more, as others made the quorum meanwhile.</summary>
    public void Keep(Func<Vote, bool> isOfUse)
    {
        int kept = 0;
        for (int i = 0; i < _votes.Count; i++)
        {
            if (isOfUse(_votes[i].Vote))
            {
                _votes[kept++] = _votes[i];
            }
        }

        _votes.RemoveRange(kept, _votes.Count - kept);
    }

    /// <summary>The job that verifies them all. It uses what this object owns: nothing may be added until it is done.</summary>
    public VerifyVotesJob Verify(EngineScope scope)
    {
        if (_claims.Length < _votes.Count)
        {
            _claims = new SignatureClaim[2 * _votes.Count];
            _verdicts = new bool[_claims.Length];
        }

        for (int i = 0; i < _votes.Count; i++)
        {
            Vote vote = _votes[i].Vote;
            ref Group group = ref CollectionsMarshal.GetValueRefOrNullRef(_groups, vote.Statement);
            group.Message ??= vote.Statement.SigningHash(scope.Genesis).ToArray();
            _claims[i] = new SignatureClaim(scope.Table.PublicKey(vote.Signer), group.Message, vote.Signature);
        }

        return new VerifyVotesJob(scope.Crypto, scope.Table, _claims.AsMemory(0, Count), _verdicts.AsMemory(0, Count));
    }

    private bool Has(in Vote vote)
    {
        foreach (WaitingVote waiting in _votes)
        {
            if (waiting.Vote.Signer == vote.Signer
                && waiting.Vote.Statement == vote.Statement
                && waiting.Vote.Signature.Span.SequenceEqual(vote.Signature.Span))
            {
                return true;
            }
        }

        return false;
    }

    private struct Group
    {
        public UInt128 Stake;
        public PlaceSet Signers;
        public byte[]? Message;
    }
}
