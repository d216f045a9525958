using Chain.Core.Consensus.Tests;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>One real engine, validator 0 of four; the test speaks for the other three. The leader of view v is v modulo 4.</summary>
internal sealed class OneEngine
{
    private static readonly ConnectionId Peer = new(7);

    public OneEngine(Func<ProofOfStakeOptions, ProofOfStakeOptions>? change = null)
    {
        var options = new ProofOfStakeOptions { Validators = TestKeys.Equal(4), VoteBatchDelay = TimeSpan.Zero };
        Network = new StakeNetwork(
            change?.Invoke(options) ?? options,
            realCrypto: false,
            static view => (int)(view.Index % 4));
        Me = Network.Add(0);
        Me.KeepsTold = true;
        Me.Start();
    }

    public StakeNetwork Network { get; }

    public StakeNode Me { get; }

    public View View => Me.Engine.View;

    public BlockTreeNode Genesis => Me.Tree.Genesis;

    public static View V(ulong index, ulong epoch = 0) => View.Of(epoch, index);

    /// <summary>A signed vote of a validator.</summary>
    public Vote Vote(VoteKind kind, View view, BlockId block, int signer)
    {
        var statement = new Statement(kind, view, block.Value);
        return new Vote(statement, signer, Network.Sign(signer, statement.SigningHash(Network.Genesis.Id)));
    }

    /// <summary>A certificate of the validators 1 to 3, or of others.</summary>
    public Certificate Certify(VoteKind kind, View view, BlockId block = default, params ReadOnlySpan<int> signers)
    {
        var signatures = new ReadOnlyMemory<byte>[4];
        foreach (int signer in signers.IsEmpty ? [1, 2, 3] : signers)
        {
            signatures[signer] = Vote(kind, view, block, signer).Signature;
        }

        return Certificate.Create(new Statement(kind, view, block.Value), signatures);
    }

    /// <summary>A proposal of the leader of a view.</summary>
    public BlockHeader Propose(View view, BlockTreeNode parent, Certificate? certificate, ulong salt = 0, ReadOnlyMemory<byte> sets = default)
    {
        int leader = (int)(view.Index % 4);
        EpochBook epochs = ((ProofOfStakeRules)Me.Engine.Rules).Epochs;
        HeaderFields fields = HeaderMaker.FieldsOn(parent, salt);
        epochs.TryResolve(view.Epoch, fields.Height, parent.AncestorsOfChild(), out EpochContext? context);
        epochs.TryReadRandomness(parent.Header, out Hash256 before);
        byte[] proof = Network.Prove(leader, Randomness.Input(context!.Seed, view));
        bool isFirst = epochs.Schedule.IsFirst(fields.Height);
        var seal = new StakeSeal
        {
            View = view,
            ParentCertificate = certificate?.Encoded ?? ReadOnlyMemory<byte>.Empty,
            Proof = proof,
            Randomness = Randomness.Mix(before, proof.AsSpan(0, Vrf.OutputSize)),
            Sets = !sets.IsEmpty || !isFirst
                ? sets
                : EpochSets.Encode(context.Table.Set, ValidatorSetCodec.Encode(context.Table.Set)),
        };
        Hash256 message = seal.Proposal(in fields).SigningHash(Network.Genesis.Id);
        return BlockHeader.Create(in fields, seal.With(Network.Sign(leader, message)).Encode());
    }

    /// <summary>A header arrives that the rules accept.</summary>
    public BlockTreeNode Arrive(BlockHeader header)
    {
        Me.Receive(header, Me);
        Settle();
        Assert.True(Me.Tree.TryGet(header.Id, out BlockTreeNode? node));
        return node;
    }

    public void Hear(Vote vote) => Hear(new EngineMessage.OfVote(vote));

    public void Hear(Certificate certificate) => Hear(new EngineMessage.OfCertificate(certificate));

    public void Hear(EngineMessage message) => Hear(EngineMessage.Encode(message).ToArray());

    public void Hear(byte[] payload)
    {
        Me.Feed(new ConsensusInput.MessageArrived(Peer, new PeerId(default), payload));
        Settle();
    }

    /// <summary>Validators 1 to <paramref name="last"/> vote.</summary>
    public void HearVotes(VoteKind kind, View view, BlockId block = default, int last = 3)
    {
        for (int signer = 1; signer <= last; signer++)
        {
            Hear(Vote(kind, view, block, signer));
        }
    }

    /// <summary>Lets done what takes no time.</summary>
    public void Settle() => Network.RunFor(TimeSpan.Zero);

    public void Wait(double seconds) => Network.RunFor(TimeSpan.FromSeconds(seconds));

    /// <summary>Its own votes of a kind, without repetitions.</summary>
    public IReadOnlyList<Statement> MyVotes(VoteKind kind) =>
    [
        .. Me.Told.OfType<EngineMessage.OfVote>()
            .Where(of => of.Vote.Signer == 0 && of.Vote.Statement.Kind == kind)
            .Select(of => of.Vote.Statement)
            .Distinct(),
    ];

    /// <summary>Whether it told everybody of such a certificate.</summary>
    public int TimesTold(VoteKind kind, View view) =>
        Me.Told.OfType<EngineMessage.OfCertificate>().Count(of => of.Certificate.Kind == kind && of.Certificate.View == view);
}
