using Chain.Core.Wire;
using static Chain.Core.Consensus.ProofOfStake.Tests.OneEngine;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>The table of docs/proof-of-stake.md, line by line.</summary>
public sealed class RulesTests
{
    private readonly OneEngine _engine = new();

    [Fact]
    public void R1_Epoch_Begins_InItsFirstView()
    {
        Assert.Equal(V(1), _engine.View);
        Assert.Equal(BlockHeight.Genesis, _engine.Me.Tree.Finalized.Height);
    }

    [Fact]
    public void R2R3_Timer_Fires_NullifiesOnce()
    {
        _engine.Wait(0.99);
        Assert.Empty(_engine.MyVotes(VoteKind.Nullify));

        _engine.Wait(5);

        Assert.Equal(V(1), Assert.Single(_engine.MyVotes(VoteKind.Nullify)).View);
        Assert.Equal(V(1), _engine.View);
    }

    [Fact]
    public void R3_Timer_ViewWasLeft_DoesNotNullify()
    {
        BlockTreeNode block = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.Wait(0.5);
        _engine.HearVotes(VoteKind.Notarize, V(1), block.Id);

        _engine.Wait(0.9);

        Assert.Empty(_engine.MyVotes(VoteKind.Nullify));
    }

    [Fact]
    public void R4_Leader_BuildsOnTheNewestNotarizedBlock()
    {
        BlockTreeNode first = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.HearVotes(VoteKind.Notarize, V(1), first.Id);
        _engine.Hear(_engine.Certify(VoteKind.Nullify, V(2)));
        _engine.Hear(_engine.Certify(VoteKind.Nullify, V(3)));

        Assert.Equal(V(4), _engine.View);
        Assert.True(_engine.Me.Tree.TryGet(Assert.Single(_engine.Me.Sealed).Block, out BlockTreeNode? own));
        Assert.Equal(first.Id, own.Header.Parent);
        Assert.True(StakeSeal.TryDecode(own.Header.Seal, out StakeSeal? seal));
        Assert.Equal(V(4), seal.View);
        Assert.Empty(_engine.Me.Reports);
    }

    [Fact]
    public void R4_Leader_LacksANullification_WaitsForIt()
    {
        _engine.Hear(_engine.Certify(VoteKind.Nullify, V(1)));
        _engine.Hear(_engine.Certify(VoteKind.Nullify, V(3)));
        Assert.Equal(V(4), _engine.View);
        Assert.Empty(_engine.Me.Sealed);

        _engine.Hear(_engine.Certify(VoteKind.Nullify, V(2)));

        Assert.Single(_engine.Me.Sealed);
    }

    [Fact]
    public void R5_Proposal_Valid_IsNotarizedOnce()
    {
        BlockTreeNode first = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null, salt: 9));

        Assert.Equal(first.Id.Value, Assert.Single(_engine.MyVotes(VoteKind.Notarize)).Subject);
        Assert.Single(_engine.Me.Evidence);
    }

    [Fact]
    public void R5_Proposal_OverAViewThatIsNotNullified_WaitsForTheNullification()
    {
        BlockTreeNode first = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.Hear(_engine.Certify(VoteKind.Notarize, V(1), first.Id));
        BlockTreeNode second = _engine.Arrive(_engine.Propose(V(2), first, _engine.Certify(VoteKind.Notarize, V(1), first.Id)));
        _engine.Hear(_engine.Certify(VoteKind.Notarize, V(2), second.Id));

        // View 3 leads back to view 1, as if view 2 had been nullified.
        BlockTreeNode third = _engine.Arrive(_engine.Propose(V(3), first, _engine.Certify(VoteKind.Notarize, V(1), first.Id)));
        Assert.DoesNotContain(_engine.MyVotes(VoteKind.Notarize), vote => vote.Subject == third.Id.Value);

        _engine.Hear(_engine.Certify(VoteKind.Nullify, V(2)));

        Assert.Contains(_engine.MyVotes(VoteKind.Notarize), vote => vote.Subject == third.Id.Value);
    }

    [Fact]
    public void R5_Proposal_OfALaterView_IsNotarizedWhenTheViewComes()
    {
        BlockTreeNode late = _engine.Arrive(_engine.Propose(V(2), _engine.Genesis, null));
        Assert.Empty(_engine.MyVotes(VoteKind.Notarize));

        _engine.Hear(_engine.Certify(VoteKind.Nullify, V(1)));

        Assert.Equal(late.Id.Value, Assert.Single(_engine.MyVotes(VoteKind.Notarize)).Subject);
    }

    [Fact]
    public void R6_Proposal_Invalid_IsNullifiedAtOnce()
    {
        _engine.Network.IsValid = static _ => false;
        _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));

        Assert.Equal(V(1), Assert.Single(_engine.MyVotes(VoteKind.Nullify)).View);
        Assert.Empty(_engine.MyVotes(VoteKind.Notarize));
    }

    [Fact]
    public void R7_Quorum_Notarizes_EntersTheNextViewAndFinalizes()
    {
        BlockTreeNode block = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.HearVotes(VoteKind.Notarize, V(1), block.Id, last: 1);
        Assert.Equal(V(1), _engine.View);

        _engine.Hear(_engine.Vote(VoteKind.Notarize, V(1), block.Id, 2)); // with its own, three of four

        Assert.Equal(V(2), _engine.View);
        Assert.Equal(new Statement(VoteKind.Finalize, V(1), block.Id.Value), Assert.Single(_engine.MyVotes(VoteKind.Finalize)));
        Assert.Equal(block.Id, _engine.Me.Tree.Head.Id);
    }

    [Fact]
    public void R7_Quorum_NotarizesWhatWasNullified_DoesNotFinalize()
    {
        BlockTreeNode block = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.Wait(1.5);
        Assert.Single(_engine.MyVotes(VoteKind.Nullify));

        _engine.HearVotes(VoteKind.Notarize, V(1), block.Id);

        Assert.Equal(V(2), _engine.View);
        Assert.Empty(_engine.MyVotes(VoteKind.Finalize));
    }

    [Fact]
    public void R8_Quorum_Nullifies_EntersTheNextView()
    {
        _engine.Wait(1.1);
        _engine.Hear(_engine.Vote(VoteKind.Nullify, V(1), BlockId.None, 1));
        Assert.Single(_engine.MyVotes(VoteKind.Nullify));
        Assert.Equal(V(1), _engine.View);

        _engine.Hear(_engine.Vote(VoteKind.Nullify, V(1), BlockId.None, 2));

        Assert.Equal(V(2), _engine.View);
    }

    [Fact]
    public void R9_Quorum_Finalizes_BlockAndAncestorsAreFinal()
    {
        BlockTreeNode first = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.HearVotes(VoteKind.Notarize, V(1), first.Id);
        BlockTreeNode second = _engine.Arrive(_engine.Propose(V(2), first, _engine.Certify(VoteKind.Notarize, V(1), first.Id)));
        _engine.HearVotes(VoteKind.Notarize, V(2), second.Id);

        _engine.HearVotes(VoteKind.Finalize, V(2), second.Id);

        Assert.Equal(second.Id, _engine.Me.Tree.Finalized.Id);
        Certificate certificate = Assert.Single(_engine.Me.Finalized).Certificate;
        Assert.Equal((VoteKind.Finalize, second.Id), (certificate.Kind, certificate.Block));
    }

    /// <summary>Others voted already, and their votes wait for a batch: with its own vote they are enough, and nothing waits any more.</summary>
    [Fact]
    public void R7_OwnVoteCompletesAQuorum_DoesNotWaitForTheBatch()
    {
        var engine = new OneEngine(static options => options with { VoteBatchDelay = TimeSpan.FromSeconds(1) });
        BlockHeader proposal = engine.Propose(V(1), engine.Genesis, null);
        engine.HearVotes(VoteKind.Notarize, V(1), proposal.Id, last: 2);
        Assert.Equal(V(1), engine.View);

        engine.Arrive(proposal);

        Assert.Equal(V(2), engine.View);
        Assert.Single(engine.MyVotes(VoteKind.Finalize));
    }

    /// <summary>A quorum signed it: that this node's record of it is still on the way to the disk changes nothing.</summary>
    [Fact]
    public void R9_Quorum_Finalizes_IsToldBeforeTheRecordIsDurable()
    {
        BlockTreeNode block = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.HearVotes(VoteKind.Notarize, V(1), block.Id);
        _engine.Network.Disk = TimeSpan.FromSeconds(1);
        ConsensusRecord[] durable = [.. _engine.Me.Records.Values];

        _engine.Hear(_engine.Certify(VoteKind.Finalize, V(1), block.Id));

        Assert.Equal(block.Id, _engine.Me.Tree.Finalized.Id);
        Assert.Equal(durable, _engine.Me.Records.Values);
        _engine.Wait(2);
        Assert.NotEqual(durable, _engine.Me.Records.Values);
    }

    /// <summary>The certificate of a block overtakes the verdict on its parent: the head does not stay behind that parent for good.</summary>
    [Fact]
    public void Head_NewestNotarizedBlockIsInvalidHere_IsItsParent()
    {
        _engine.Network.Execution = TimeSpan.FromMilliseconds(10);
        _engine.Network.IsValid = static header => header.Fields.Height.Value < 2;
        BlockTreeNode first = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        BlockTreeNode second = _engine.Arrive(_engine.Propose(V(2), first, _engine.Certify(VoteKind.Notarize, V(1), first.Id)));
        _engine.HearVotes(VoteKind.Notarize, V(2), second.Id);
        Assert.Equal(BlockStatus.HeaderOnly, first.Status);

        _engine.Wait(1);

        Assert.Equal(BlockStatus.Invalid, second.Status);
        Assert.Equal(first.Id, _engine.Me.Tree.Head.Id);
    }

    [Fact]
    public void R10_Certificate_New_IsToldOnce()
    {
        Certificate certificate = _engine.Certify(VoteKind.Nullify, V(1));
        _engine.Hear(certificate);
        _engine.Hear(certificate);
        _engine.HearVotes(VoteKind.Nullify, V(1));

        Assert.Equal(1, _engine.TimesTold(VoteKind.Nullify, V(1)));
    }

    [Fact]
    public void R11_Certificate_OfALaterView_JumpsThere()
    {
        _engine.Hear(_engine.Certify(VoteKind.Nullify, V(1000)));

        Assert.Equal(V(1001), _engine.View);
    }

    [Fact]
    public void R12_Leader_NotHeardOf_IsNullifiedOnEntering()
    {
        // Validator 3 is silent; 1 and 2 are heard of in each view.
        for (ulong index = 1; index < 15; index++)
        {
            foreach (int signer in (int[])[1, 2])
            {
                _engine.Hear(_engine.Vote(VoteKind.Notarize, V(index), BlockId.None, signer));
            }

            _engine.Hear(WithoutThree(V(index)));
        }

        Assert.Equal(V(15), _engine.View);
        Assert.Equal([V(11), V(15)], _engine.MyVotes(VoteKind.Nullify).Select(vote => vote.View));
    }

    [Fact]
    public void R12_Leader_NotHeardOfInTheEpochBefore_IsNullifiedOnEntering()
    {
        // Validator 3 is silent in an epoch of one block that takes ten views.
        var engine = new OneEngine(options => options with { EpochBlocks = 1 });
        for (ulong index = 1; index < 9; index++)
        {
            engine.Hear(engine.Vote(VoteKind.Notarize, V(index), BlockId.None, 1));
            engine.Hear(engine.Vote(VoteKind.Notarize, V(index), BlockId.None, 2));
            engine.Hear(engine.Certify(VoteKind.Nullify, V(index), signers: [0, 1, 2]));
        }

        BlockTreeNode last = engine.Arrive(engine.Propose(V(9), engine.Genesis, null));
        engine.Hear(engine.Certify(VoteKind.Notarize, V(9), last.Id, signers: [0, 1, 2]));
        engine.Hear(engine.Certify(VoteKind.Finalize, V(9), last.Id, signers: [0, 1, 2]));
        Assert.Equal(V(1, epoch: 1), engine.View);

        engine.Hear(engine.Certify(VoteKind.Nullify, V(1, epoch: 1), signers: [0, 1, 2]));
        Assert.DoesNotContain(V(2, epoch: 1), engine.MyVotes(VoteKind.Nullify).Select(vote => vote.View));

        engine.Hear(engine.Certify(VoteKind.Nullify, V(2, epoch: 1), signers: [0, 1, 2]));
        Assert.Contains(V(3, epoch: 1), engine.MyVotes(VoteKind.Nullify).Select(vote => vote.View));
    }

    [Fact]
    public void R16_MoreThanAThirdNullified_NullifiesToo()
    {
        _engine.Hear(_engine.Vote(VoteKind.Nullify, V(1), BlockId.None, 1));
        Assert.Empty(_engine.MyVotes(VoteKind.Nullify));

        _engine.Hear(_engine.Vote(VoteKind.Nullify, V(1), BlockId.None, 2));

        Assert.Equal(V(1), Assert.Single(_engine.MyVotes(VoteKind.Nullify)).View);
        Assert.Equal(V(2), _engine.View); // its own vote makes the quorum
    }

    [Fact]
    public void R16_MoreThanAThirdNullifiedBeforeItCame_NullifiesOnEntering()
    {
        _engine.Hear(_engine.Vote(VoteKind.Nullify, V(2), BlockId.None, 1));
        _engine.Hear(_engine.Vote(VoteKind.Nullify, V(2), BlockId.None, 3));
        Assert.Empty(_engine.MyVotes(VoteKind.Nullify));

        _engine.Hear(_engine.Certify(VoteKind.Nullify, V(1)));

        Assert.Equal(V(2), Assert.Single(_engine.MyVotes(VoteKind.Nullify)).View);
    }

    [Fact]
    public void R13R14_LastBlockOfAnEpoch_IsProposedAgainUntilFinal()
    {
        var engine = new OneEngine(options => options with { EpochBlocks = 1 });
        BlockTreeNode last = engine.Arrive(engine.Propose(V(1), engine.Genesis, null));
        engine.HearVotes(VoteKind.Notarize, V(1), last.Id);
        engine.Hear(engine.Certify(VoteKind.Nullify, V(2)));
        engine.Hear(engine.Certify(VoteKind.Nullify, V(3)));

        EngineMessage.Repeat repeat = Assert.Single(engine.Me.Told.OfType<EngineMessage.Repeat>());
        Assert.Equal((V(4), last.Id), (repeat.View, repeat.Block));
        Assert.Contains(new Statement(VoteKind.Notarize, V(4), last.Id.Value), engine.MyVotes(VoteKind.Notarize));
        Assert.Empty(engine.Me.Sealed);

        engine.HearVotes(VoteKind.Notarize, V(4), last.Id);
        engine.HearVotes(VoteKind.Finalize, V(4), last.Id);

        Assert.Equal(V(1, epoch: 1), engine.View);
        Assert.Equal(last.Id, engine.Me.Tree.Finalized.Id);
    }

    [Fact]
    public void R13_LastBlockOfAnEpoch_ProposedAgainByAnother_IsNotarizedAgain()
    {
        var engine = new OneEngine(options => options with { EpochBlocks = 1 });
        BlockTreeNode last = engine.Arrive(engine.Propose(V(1), engine.Genesis, null));
        engine.HearVotes(VoteKind.Notarize, V(1), last.Id);
        Statement statement = StakeSeal.Repeat(V(2), last.Id);
        byte[] signature = engine.Network.Sign(2, statement.SigningHash(engine.Network.Genesis.Id));

        engine.Hear(new EngineMessage.Repeat(V(2), last.Id, signature));

        Assert.Contains(new Statement(VoteKind.Notarize, V(2), last.Id.Value), engine.MyVotes(VoteKind.Notarize));
    }

    [Fact]
    public void R13_LastBlockOfAnEpoch_ProposedAgainBeforeItsCertificateIsKnown_IsNotarizedOnceThatIs()
    {
        var engine = new OneEngine(options => options with { EpochBlocks = 1 });
        BlockTreeNode last = engine.Arrive(engine.Propose(V(1), engine.Genesis, null));
        Statement statement = StakeSeal.Repeat(V(2), last.Id);
        byte[] signature = engine.Network.Sign(2, statement.SigningHash(engine.Network.Genesis.Id));

        engine.Hear(new EngineMessage.Repeat(V(2), last.Id, signature));
        Assert.DoesNotContain(V(2), engine.MyVotes(VoteKind.Notarize).Select(vote => vote.View));

        engine.HearVotes(VoteKind.Notarize, V(1), last.Id);
        Assert.Contains(new Statement(VoteKind.Notarize, V(2), last.Id.Value), engine.MyVotes(VoteKind.Notarize));
    }

    [Fact]
    public void R13_OtherBlock_ProposedAgain_IsNotNotarized()
    {
        var engine = new OneEngine(options => options with { EpochBlocks = 2 });
        BlockTreeNode first = engine.Arrive(engine.Propose(V(1), engine.Genesis, null));
        engine.HearVotes(VoteKind.Notarize, V(1), first.Id);
        Statement statement = StakeSeal.Repeat(V(2), first.Id);
        byte[] signature = engine.Network.Sign(2, statement.SigningHash(engine.Network.Genesis.Id));

        engine.Hear(new EngineMessage.Repeat(V(2), first.Id, signature));

        Assert.Equal(V(2), engine.View);
        Assert.DoesNotContain(V(2), engine.MyVotes(VoteKind.Notarize).Select(vote => vote.View));
    }

    [Fact]
    public void R14_Restart_InTheEpochAfterThatOfTheHead_GoesOnWhereItWas()
    {
        var engine = new OneEngine(options => options with { EpochBlocks = 1 });
        BlockTreeNode last = engine.Arrive(engine.Propose(V(1), engine.Genesis, null));
        engine.HearVotes(VoteKind.Notarize, V(1), last.Id);
        engine.HearVotes(VoteKind.Finalize, V(1), last.Id);
        engine.Hear(engine.Certify(VoteKind.Nullify, V(1, epoch: 1)));
        engine.Wait(1.5);
        Assert.Contains(V(2, epoch: 1), engine.MyVotes(VoteKind.Nullify).Select(vote => vote.View));

        engine.Me.Stop();
        engine.Me.Told.Clear();
        engine.Me.Start();
        engine.Settle();

        Assert.Equal(V(2, epoch: 1), engine.View);
        Assert.Contains(V(2, epoch: 1), engine.MyVotes(VoteKind.Nullify).Select(vote => vote.View));
        Assert.DoesNotContain(engine.Me.Activities, activity => activity.Name.StartsWith("refused", StringComparison.Ordinal));
    }

    [Fact]
    public void R13_LastBlockNotarized_SomeLeftItsViewByANullification_AreToldTheNotarization()
    {
        var engine = new OneEngine(options => options with { EpochBlocks = 1 });
        BlockTreeNode last = engine.Arrive(engine.Propose(V(1), engine.Genesis, null));
        engine.HearVotes(VoteKind.Notarize, V(1), last.Id);
        engine.Hear(engine.Certify(VoteKind.Nullify, V(2)));
        engine.Me.Told.Clear();

        engine.Hear(engine.Certify(VoteKind.Nullify, V(3)));

        Assert.Single(engine.Me.Told.OfType<EngineMessage.Repeat>());
        Assert.Equal(1, engine.TimesTold(VoteKind.Notarize, V(1)));
    }

    [Fact]
    public void R15_Proposal_NeedsANullificationThatIsLacked_AsksForItAtOnce()
    {
        // Views 1 and 2 were left by a notarization and a nullification; the proposal of view 3 is on genesis.
        BlockTreeNode first = _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.HearVotes(VoteKind.Notarize, V(1), first.Id);
        _engine.Hear(_engine.Certify(VoteKind.Nullify, V(2)));
        _engine.Me.Told.Clear();

        BlockTreeNode third = _engine.Arrive(_engine.Propose(V(3), _engine.Genesis, null));
        Assert.Equal(V(1), Assert.Single(_engine.Me.Told.OfType<EngineMessage.Status>()).Missing);

        _engine.Hear(_engine.Certify(VoteKind.Nullify, V(1)));
        Assert.Contains(new Statement(VoteKind.Notarize, V(3), third.Id.Value), _engine.MyVotes(VoteKind.Notarize));
    }

    [Fact]
    public void R15_ViewOfARepetition_TakesLong_RepeatsIt()
    {
        var engine = new OneEngine(options => options with { EpochBlocks = 1 });
        BlockTreeNode last = engine.Arrive(engine.Propose(V(1), engine.Genesis, null));
        engine.HearVotes(VoteKind.Notarize, V(1), last.Id);
        Statement statement = StakeSeal.Repeat(V(2), last.Id);
        engine.Hear(new EngineMessage.Repeat(V(2), last.Id, engine.Network.Sign(2, statement.SigningHash(engine.Network.Genesis.Id))));
        engine.Me.Told.Clear();

        engine.Wait(3.5);

        Assert.True(engine.Me.Told.OfType<EngineMessage.Repeat>().Count(repeat => repeat.View == V(2)) >= 3);
    }

    [Fact]
    public void R15_View_TakesLong_RepeatsVotesAndStatus()
    {
        _engine.Arrive(_engine.Propose(V(1), _engine.Genesis, null));
        _engine.Me.Told.Clear();

        _engine.Wait(3.5);

        Assert.True(_engine.Me.Told.OfType<EngineMessage.Status>().Count() >= 3);
        Assert.True(_engine.Me.Told.OfType<EngineMessage.OfVote>().Count(of => of.Vote.Statement.Kind == VoteKind.Notarize) >= 3);
        Assert.True(_engine.Me.Told.OfType<EngineMessage.OfVote>().Count(of => of.Vote.Statement.Kind == VoteKind.Nullify) >= 2);
    }

    [Fact]
    public void Votes_False_AreReportedAndDoNotCount()
    {
        Vote vote = _engine.Vote(VoteKind.Nullify, V(1), BlockId.None, 1);
        _engine.Hear(vote with { Signer = 2 });

        Assert.Equal("a vote with a false signature", Assert.Single(_engine.Me.Reports).Reason);
        Assert.Equal(V(1), _engine.View);
    }

    [Fact]
    public void Messages_Malformed_AreReported()
    {
        _engine.Hear([0xFF, 0x00]);
        _engine.Hear([]);

        Assert.Equal(2, _engine.Me.Reports.Count);
    }

    [Fact]
    public void Signature_OwnButUnknown_IsShownToTheSigner()
    {
        _engine.Hear(_engine.Vote(VoteKind.Nullify, V(1), BlockId.None, 0));

        Assert.Equal(V(1).Value, Assert.Single(_engine.Me.OwnSeen).Watermark);
    }

    private Certificate WithoutThree(View view) => _engine.Certify(VoteKind.Nullify, view, BlockId.None, 0, 1, 2);
}
