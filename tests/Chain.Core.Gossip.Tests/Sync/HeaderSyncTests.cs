using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Sync;

public sealed class HeaderSyncTests
{
    private static readonly List<Block> Blocks = Chains.BlocksAfter(Chains.Genesis, 1500);
    private static readonly TimeSpan Timeout = Chains.Options.Sync.HeadersTimeout;

    private readonly Scene _scene = new Scene().Start();

    [Fact]
    public void Ready_PeerHasAnUnknownHead_IsAskedForHeadersUntilItIsKnown()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);

        Assert.Equal([Chains.Genesis.Id], Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(bob)).Locator);
        _scene.Hear(bob, Headers(0, 512));
        Assert.Equal(Blocks[511].Id, Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(bob)).Locator[0]);
        _scene.Hear(bob, Headers(512, 512));
        Assert.Equal(Blocks[1023].Id, Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(bob)).Locator[0]);
        _scene.Hear(bob, Headers(1024, 476));

        Assert.Empty(_scene.Sent<PeerMessage.GetHeaders>(bob));
        Assert.True(_scene.Chain.KnowsHeader(Blocks[^1].Id));
        GossipEvent.SyncProgress progress = _scene.Take<GossipEvent.SyncProgress>()[^1];
        Assert.Equal((1500ul, 1500ul), (progress.Headers.Value, progress.Target.Value));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Ready_PeerHasAKnownHead_IsNotAsked()
    {
        ConnectionId bob = _scene.Meet("bob");

        Assert.Empty(_scene.Sent<PeerMessage.GetHeaders>(bob));
    }

    [Fact]
    public void Ready_SeveralPeersAhead_OneIsAskedAtATime()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[99]);
        ConnectionId carol = _scene.Meet("carol", Blocks[99]);

        Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(bob));
        Assert.Empty(_scene.Sent<PeerMessage.GetHeaders>(carol));
        _scene.Hear(bob, Headers(0, 100));
        Assert.Empty(_scene.Sent<PeerMessage.GetHeaders>(carol));
    }

    [Fact]
    public void Asked_PeerIsSilent_AnotherGoesOnFromWhereTheFirstStopped()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        _scene.Hear(bob, Headers(0, 512));
        ConnectionId carol = _scene.Meet("carol", Blocks[^1]);
        Assert.Empty(_scene.Sent<PeerMessage.GetHeaders>(carol));

        _scene.Wait(Timeout);

        Assert.Equal(Blocks[511].Id, Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(carol)).Locator[0]);
        Assert.Empty(_scene.Closed);
    }

    [Fact]
    public void Asked_PeerLeaves_AnotherIsAskedAtOnce()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        ConnectionId carol = _scene.Meet("carol", Blocks[^1]);

        _scene.Tell(new GossipInput.Disconnected(bob, "reset"));

        Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(carol));
    }

    [Fact]
    public void Asked_AnswerComesLate_IsTakenWithoutBlame()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        _scene.Meet("carol", Blocks[^1]);
        _scene.Wait(Timeout);

        _scene.Hear(bob, Headers(0, 512));

        Assert.True(_scene.Chain.KnowsHeader(Blocks[511].Id));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Asked_AlwaysSilent_IsCutAfterSeveralTimeouts()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);

        _scene.Wait(Timeout * 3);
        Assert.Empty(_scene.Closed);
        _scene.Wait(Timeout);

        Assert.Equal(bob, Assert.Single(_scene.Closed).Key);
        Assert.Equal(Consequence.Cut, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Consequence);
    }

    [Fact]
    public void Asked_AnswersNothing_ItsClaimCountsAgainstItAndOthersAreAsked()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        ConnectionId carol = _scene.Meet("carol", Blocks[99]);

        _scene.Hear(bob, new PeerMessage.Headers([]));

        Assert.Equal(Misbehaviour.UnprovenHead, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(carol));
    }

    /// <summary>Its head moved after it was asked: the answer could not lead up to that.</summary>
    [Fact]
    public void Asked_AnnouncesAnotherHeadMeanwhile_IsAskedAgainBeforeItIsBlamed()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[99]);
        _scene.Hear(bob, new PeerMessage.AnnounceBlocks([Blocks[^1].Header]));
        _scene.ForgetSent();

        _scene.Hear(bob, new PeerMessage.Headers([]));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
        Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(bob));

        _scene.Hear(bob, new PeerMessage.Headers([]));
        Assert.Equal(Misbehaviour.UnprovenHead, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.Empty(_scene.Sent<PeerMessage.GetHeaders>(bob));
    }

    [Fact]
    public void Asked_AnnouncesAnotherHeadEachTimeAndProvesNone_IsBlamedAllTheSame()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[99]);
        for (int i = 100; _scene.Take<GossipEvent.PeerMisbehaved>().Count == 0; i++)
        {
            Assert.InRange(i, 100, 110);
            _scene.Hear(bob, new PeerMessage.AnnounceBlocks([Blocks[i].Header]));
            _scene.Hear(bob, new PeerMessage.Headers([]));
        }
    }

    [Fact]
    public void Asked_TricklesOneHeaderAtATime_OthersGetTheirTurn()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        ConnectionId carol = _scene.Meet("carol", Blocks[^1]);
        for (int i = 0; i < 40 && _scene.Sent<PeerMessage.GetHeaders>(bob).Count > 0; i++)
        {
            _scene.Hear(bob, Headers(i, 1));
        }

        Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(carol));
    }

    [Fact]
    public void Asked_RepeatsKnownHeaders_ItsTurnEnds()
    {
        ConnectionId bob = _scene.Meet("bob", Blocks[^1]);
        _scene.Hear(bob, Headers(0, 1));
        _scene.ForgetSent();

        _scene.Hear(bob, Headers(0, 1));

        Assert.Empty(_scene.Sent<PeerMessage.GetHeaders>(bob));
        Assert.Equal(Misbehaviour.UnprovenHead, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void Announced_ParentUnknown_AsksForWhatLiesBetween()
    {
        ConnectionId bob = _scene.Meet("bob");

        _scene.Hear(bob, new PeerMessage.AnnounceBlocks([Blocks[5].Header]));
        Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(bob));
        _scene.Hear(bob, Headers(0, 6));

        Assert.True(_scene.Chain.KnowsHeader(Blocks[5].Id));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    /// <summary>It announces what is to become its head, and answers up to its head.</summary>
    [Fact]
    public void Announced_AnswerLeadsUpToTheOneBefore_IsJudgedOnceMoreWithoutBlame()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.Hear(bob, new PeerMessage.AnnounceBlocks([Blocks[5].Header]));
        _scene.ForgetSent();

        _scene.Hear(bob, Headers(0, 5));

        Assert.True(_scene.Chain.KnowsHeader(Blocks[5].Id));
        Assert.Empty(_scene.Sent<PeerMessage.GetHeaders>(bob));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    /// <summary>It may have come over to the chain that is here, now and then.</summary>
    [Fact]
    public void Asked_ClaimsNoMoreThanIsHereAndProvesNothing_IsBlamedForTheFifth()
    {
        _scene.Hear(_scene.Meet("carol", Blocks[9]), Headers(0, 10));
        ConnectionId bob = _scene.Meet("bob");
        for (uint i = 1; i <= 5; i++)
        {
            Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
            Block lost = Chains.BlocksAfter(Chains.BlocksAfter(Blocks[5], 1, i)[0], 1)[0];
            _scene.Hear(bob, new PeerMessage.AnnounceBlocks([lost.Header]));
            _scene.Hear(bob, new PeerMessage.Headers([]));
        }

        Assert.Equal(Misbehaviour.UnprovenHead, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void Judged_Ignored_EndsTheTurnWithoutBlame()
    {
        _scene.ChainAnswers = false;
        ConnectionId bob = _scene.Meet("bob", Blocks[9]);
        _scene.Hear(bob, Headers(0, 10));

        _scene.Tell(new GossipInput.HeadersJudged(bob, HeadersVerdict.Ignored, 0));

        Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(bob));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Judged_Invalid_CutsThePeerAndAsksAnother()
    {
        _scene.ChainAnswers = false;
        ConnectionId bob = _scene.Meet("bob", Blocks[9]);
        ConnectionId carol = _scene.Meet("carol", Blocks[9]);
        _scene.Hear(bob, Headers(0, 10));

        _scene.Tell(new GossipInput.HeadersJudged(bob, HeadersVerdict.Invalid, 0));

        Assert.True(_scene.Closed.ContainsKey(bob));
        Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(carol));
    }

    [Fact]
    public void Announced_FasterThanTheTreeJudges_HandsUpFourBatchesAtMost()
    {
        _scene.ChainAnswers = false;
        ConnectionId bob = _scene.Meet("bob");

        for (int i = 0; i < 100; i++)
        {
            _scene.Hear(bob, new PeerMessage.AnnounceBlocks([Blocks[i].Header]));
        }

        Assert.Equal(4, _scene.Take<GossipEvent.HeadersReceived>().Count);
        Assert.Single(_scene.Sent<PeerMessage.GetHeaders>(bob));
    }

    [Fact]
    public void GetHeaders_PeerLagsBehind_AnswersWithWhatFollowsItsLocator()
    {
        _scene.Chain.Add(Blocks);
        ConnectionId bob = _scene.Meet("bob");

        _scene.Hear(bob, new PeerMessage.GetHeaders([Chains.UnknownBlock(1), Blocks[99].Id]));
        _scene.Hear(bob, new PeerMessage.GetHeaders([Blocks[^1].Id]));

        List<PeerMessage.Headers> answers = _scene.Sent<PeerMessage.Headers>(bob);
        Assert.Equal(Blocks[100..612].Select(block => block.Header), answers[0].Items);
        Assert.Empty(answers[1].Items);
    }

    private static PeerMessage.Headers Headers(int start, int count) =>
        new(Blocks.GetRange(start, count).ConvertAll(block => block.Header));
}
