using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// The way of this node's votes: recorded, then signed under the signer's mark, then told. A vote that was recorded before
/// a crash is signed again after it; the signer gives the same answer to the same message.
/// </summary>
internal sealed class OwnVotes(EngineScope scope)
{
    private readonly Queue<Statement> _notarize = new();
    private readonly Queue<Statement> _conclude = new();
    private readonly Dictionary<ulong, Statement> _signing = [];
    private ulong _intent;

    /// <summary>Records a vote, the first step.</summary>
    public void Cast(in Statement statement)
    {
        QueueOf(statement.Kind).Enqueue(statement);
        scope.Emit(new ConsensusOutput.Persist(EngineRecords.Of(in statement)));
    }

    public void OnRecordDurable(ulong key)
    {
        Queue<Statement>? queue = key switch
        {
            EngineRecords.Notarize => _notarize,
            EngineRecords.Conclude => _conclude,
            _ => null,
        };
        if (queue is not null && queue.TryDequeue(out Statement statement))
        {
            Sign(in statement);
        }
    }

    /// <summary>Has a statement signed: a recorded vote, or a proposal, whose record is the signer's mark alone.</summary>
    public void Sign(in Statement statement)
    {
        _signing.Add(++_intent, statement);
        Hash256 message = statement.SigningHash(scope.Genesis);
        scope.Emit(new ConsensusOutput.Sign(_intent, statement.View.Value, statement.Purpose, message));
    }

    /// <summary>Has the randomness of a view proved; the answer comes as a signature under the number returned.</summary>
    public ulong Prove(Hash256 input)
    {
        scope.Emit(new ConsensusOutput.ProveRandomness(++_intent, input));
        return _intent;
    }

    /// <summary>The statement that was signed; false for an answer to nothing.</summary>
    public bool TryTake(ulong intent, out Statement statement) => _signing.Remove(intent, out statement);

    private Queue<Statement> QueueOf(VoteKind kind) => kind == VoteKind.Notarize ? _notarize : _conclude;
}
