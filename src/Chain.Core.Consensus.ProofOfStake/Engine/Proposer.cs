using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Makes this node's proposal in a view that it leads: a block on the newest certified one, with its seal.</summary>
internal sealed class Proposer(EngineScope scope, Ancestry ancestry, OwnVotes votes, NamedSets named)
{
    public static readonly TimerKey PauseTimer = new(5);

    private View _view;
    private Instant _notBefore;
    private bool _isAsked;
    private BlockTreeNode? _parent;
    private Certificate? _certificate;
    private ulong _proofIntent;
    private ReadOnlyMemory<byte> _proof;
    private HeaderFields? _fields;
    private StakeSeal? _seal;
    private Statement _statement;
    private BlockId? _repeated;

    public void OnEntered(View view)
    {
        _view = view;
        _notBefore = scope.Now + scope.Options.BlockPause;
        _isAsked = false;
        _parent = null;
        _certificate = null;
        _proofIntent = 0;
        _proof = default;
        _fields = null;
        _seal = null;
        _repeated = null;
    }

    /// <summary>Asks for a block, as soon as its parent is known and valid.</summary>
    public void TryBegin()
    {
        if (_isAsked || scope.Me < 0 || !scope.Node.ProducesBlocks || scope.Epoch.LeaderOf(_view) != scope.Me
            || !ancestry.TryFindParent(_view, out (BlockId Block, Certificate? Certificate) parent, out _)
            || !scope.Tree.TryGet(parent.Block, out BlockTreeNode? node))
        {
            return;
        }

        if (scope.Now < _notBefore)
        {
            scope.Effects.SetTimer(PauseTimer, _notBefore);
            return;
        }

        if (scope.Schedule.IsLast(node.Height) && node.Id != scope.Epoch.Base)
        {
            _isAsked = true;
            _repeated = node.Id;
            _statement = StakeSeal.Repeat(_view, node.Id);
            votes.Sign(in _statement);
        }
        else if (node.Status == BlockStatus.HeaderOnly)
        {
            scope.Emit(new ConsensusOutput.RequestVerdict(node.Id));
        }
        else if (node.Status == BlockStatus.Valid)
        {
            Begin(node, parent.Certificate);
        }
    }

    public void OnBuilt(ulong proposal, in HeaderFields fields)
    {
        if (proposal == _view.Value && _parent is not null && fields.Parent == _parent.Id && _fields is null)
        {
            _fields = fields;
            TrySign();
        }
    }

    /// <summary>Takes the proof of randomness; false where the answer is to something else.</summary>
    public bool TryTakeProof(ulong intent, ReadOnlyMemory<byte> proof)
    {
        if (intent == 0 || intent != _proofIntent)
        {
            return false;
        }

        _proofIntent = 0;
        _proof = proof;
        TrySign();
        return true;
    }

    /// <summary>The proposal is signed: seals the block, or answers how to tell that the last block of the epoch is proposed again.</summary>
    public EngineMessage.Repeat? OnSigned(in Statement statement, ReadOnlyMemory<byte> signature)
    {
        if (statement != _statement)
        {
            return null;
        }

        if (_repeated is BlockId block)
        {
            return new EngineMessage.Repeat(_view, block, signature);
        }

        if (_seal is not null)
        {
            scope.Emit(new ConsensusOutput.Seal(_view.Value, _seal.With(signature).Encode()));
            scope.Observe("sealed");
        }

        return null;
    }

    private void Begin(BlockTreeNode parent, Certificate? certificate)
    {
        _isAsked = true;
        _parent = parent;
        _certificate = certificate;

        // After the parent's time even where the clock was set back.
        UnixTime after = new(parent.Header.Time.Milliseconds + 1);
        UnixTime time = scope.WallClock > after ? scope.WallClock : after;
        _proofIntent = votes.Prove(Randomness.Input(scope.Epoch.Seed, _view));
        scope.Emit(new ConsensusOutput.RequestProposal(_view.Value, parent.Id, time));
    }

    private void TrySign()
    {
        Span<byte> output = stackalloc byte[Vrf.OutputSize];
        if (_fields is not HeaderFields fields
            || _proof.IsEmpty
            || !scope.Crypto.TryReadRandomness(_proof.Span, output)
            || !scope.Rules.Epochs.TryReadRandomness(_parent!.Header, out Hash256 before))
        {
            return;
        }

        bool isFirst = scope.Schedule.IsFirst(fields.Height);
        _seal = new StakeSeal
        {
            View = _view,
            ParentCertificate = _certificate?.Encoded ?? ReadOnlyMemory<byte>.Empty,
            Proof = _proof,
            Randomness = Randomness.Mix(before, output),
            Sets = isFirst ? named.SetsAfter(_parent, scope.Tree, scope.Epoch) : ReadOnlyMemory<byte>.Empty,
        };
        _statement = _seal.Proposal(in fields);
        votes.Sign(in _statement);
    }
}
