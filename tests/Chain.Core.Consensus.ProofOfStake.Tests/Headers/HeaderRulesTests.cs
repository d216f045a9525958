using Chain.Core.Wire;
using static Chain.Core.Consensus.ProofOfStake.Tests.OneEngine;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

public sealed class HeaderRulesTests
{
    private readonly OneEngine _engine = new(options => options with { EpochBlocks = 2 });

    [Fact]
    public void VerifyHeader_AsLeadersMakeThem_IsValid()
    {
        BlockTreeNode first = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        BlockTreeNode second = _engine.Arrive(_engine.Propose(V(3), first, _engine.Certify(VoteKind.Notarize, V(1), first.Id)));
        _engine.Arrive(_engine.Propose(V(1, 1), second, _engine.Certify(VoteKind.Finalize, V(3), second.Id)));
    }

    [Fact]
    public void VerifyHeader_SealChanged_IsNotValid()
    {
        BlockTreeNode first = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        BlockHeader good = _engine.Propose(V(3), first, _engine.Certify(VoteKind.Notarize, V(1), first.Id));
        Assert.True(StakeSeal.TryDecode(good.Seal, out StakeSeal? seal));

        for (int i = 0; i < good.Seal.Length; i++)
        {
            byte[] bad = good.Seal.ToArray();
            bad[i] ^= 1;
            HeaderVerdict verdict = Verdict(BlockHeader.Create(good.Fields, bad), first);
            Assert.True(verdict is HeaderVerdict.MalformedSeal or HeaderVerdict.InvalidSeal, $"byte {i}: {verdict}");
        }

        Assert.Equal(HeaderVerdict.Valid, Verdict(good, first));
    }

    [Fact]
    public void VerifyHeader_OtherLeader_IsNotValid()
    {
        BlockHeader header = _engine.Propose(V(1), _engine.Genesis, null);
        Assert.True(StakeSeal.TryDecode(header.Seal, out StakeSeal? seal));
        byte[] signature = _engine.Network.Sign(2, seal.Proposal(header.Fields).SigningHash(_engine.Network.Genesis.Id));

        Assert.Equal(
            HeaderVerdict.InvalidSeal,
            Verdict(BlockHeader.Create(header.Fields, seal.With(signature).Encode()), _engine.Genesis));
    }

    [Fact]
    public void VerifyHeader_CertificateOfAnotherBlockOrKindOrEpoch_IsNotValid()
    {
        BlockTreeNode first = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        BlockTreeNode second = _engine.Arrive(_engine.Propose(V(3), first, _engine.Certify(VoteKind.Notarize, V(1), first.Id)));

        Assert.Equal(HeaderVerdict.MalformedSeal, Verdict(_engine.Propose(V(5), first, null), first));
        Assert.Equal(HeaderVerdict.MalformedSeal, Verdict(_engine.Propose(V(5), first, _engine.Certify(VoteKind.Notarize, V(1), second.Id)), first));
        Assert.Equal(HeaderVerdict.MalformedSeal, Verdict(_engine.Propose(V(5), first, _engine.Certify(VoteKind.Nullify, V(1))), first));
        Assert.Equal(HeaderVerdict.MalformedSeal, Verdict(_engine.Propose(V(5), first, _engine.Certify(VoteKind.Notarize, V(5), first.Id)), first));

        // Another view than the block's own: only the last block of an epoch is proposed again.
        Assert.Equal(HeaderVerdict.InvalidSeal, Verdict(_engine.Propose(V(5), first, _engine.Certify(VoteKind.Notarize, V(2), first.Id)), first));

        // The first block of an epoch stands on a final one.
        Assert.Equal(
            HeaderVerdict.MalformedSeal,
            Verdict(_engine.Propose(V(1, 1), second, _engine.Certify(VoteKind.Notarize, V(3), second.Id)), second));
    }

    [Fact]
    public void VerifyHeader_SetsOfAnotherEpoch_IsNotValid()
    {
        byte[] set = ValidatorSetCodec.Encode(_engine.Network.Options.Validators);
        BlockHeader wrong = _engine.Propose(V(1), _engine.Genesis, null, sets: EpochSets.Encode(TestKeys.Equal(5), set));

        Assert.Equal(HeaderVerdict.InvalidSeal, Verdict(wrong, _engine.Genesis));
    }

    [Fact]
    public void VerifyHeader_OfTheFuture_CanBecomeValid()
    {
        BlockHeader header = _engine.Propose(V(1), _engine.Genesis, null);

        Assert.Equal(HeaderVerdict.TimeTooNew, Verdict(header, _engine.Genesis, new UnixTime(header.Time.Milliseconds - 10_001)));
        Assert.Equal(HeaderVerdict.Valid, Verdict(header, _engine.Genesis, new UnixTime(header.Time.Milliseconds - 10_000)));
    }

    [Fact]
    public void VerifyHeader_WrongFormSignedByTheLeader_BecomesEvidence()
    {
        BlockHeader wrong = _engine.Propose(V(1), _engine.Genesis, null, sets: new byte[] { 1 });

        Assert.Equal(HeaderVerdict.MalformedSeal, Verdict(wrong, _engine.Genesis));
        _engine.Hear(_engine.Vote(VoteKind.Nullify, V(1), BlockId.None, 1));

        Assert.True(InvalidProposal.TryDecode(Assert.Single(_engine.Me.Evidence), out InvalidProposal? proof));
        Assert.Equal(wrong.Id, proof.Header.Id);
    }

    private HeaderVerdict Verdict(BlockHeader header, BlockTreeNode parent, UnixTime? now = null) =>
        _engine.Me.Engine.Rules.VerifyHeader(header, parent.AncestorsOfChild(), now ?? _engine.Network.WallClockOf(0));
}
