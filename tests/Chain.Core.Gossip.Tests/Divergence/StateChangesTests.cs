using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Divergence;

/// <summary>What a block changed elsewhere: who is asked, what is taken for an answer, who answers, and when who delivered the block is blamed.</summary>
public sealed class StateChangesTests
{
    private const PeerCapabilities Old = PeerCapabilities.FullHistory | PeerCapabilities.TransactionRelay;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Block[] Blocks = [.. Chains.BlocksAfter(Chains.Genesis, 8)];

    private readonly Scene _scene = new Scene().Start();

    [Fact]
    public void Refused_BlockOfAPeerThatTells_IsAskedAboutAndThePeerBlamedAfterItsAnswer()
    {
        ConnectionId bob = Meet("bob");

        Refuse(Blocks[0], bob);
        Assert.Equal(Blocks[0].Id, Assert.Single(_scene.Sent<PeerMessage.GetStateChanges>(bob)).Block);
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
        Assert.Empty(_scene.Take<GossipEvent.StateChangesAnswered>());

        PeerMessage.StateChanges answer = Given(Blocks[0]);
        _scene.Hear(bob, answer);

        Assert.Equal(new GossipEvent.StateChangesAnswered(Blocks[0].Id, bob, answer), Assert.Single(_scene.Take<GossipEvent.StateChangesAnswered>()));
        Assert.Equal(Misbehaviour.InvalidBlock, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.True(_scene.Closed.ContainsKey(bob));
        _scene.Wait(Timeout);
        Assert.Empty(_scene.Take<GossipEvent.StateChangesAnswered>());
    }

    [Theory]
    [InlineData(StateChangesAnswer.NotKept)]
    [InlineData(StateChangesAnswer.TooMany)]
    public void Answered_WithoutChanges_IsHandedUpAndThePeerBlamed(StateChangesAnswer answer)
    {
        ConnectionId bob = Meet("bob");
        Refuse(Blocks[0], bob);

        _scene.Hear(bob, new PeerMessage.StateChanges(Blocks[0].Id, answer, default));

        Assert.Equal(answer, Assert.Single(_scene.Take<GossipEvent.StateChangesAnswered>()).Answer!.Answer);
        Assert.True(_scene.Closed.ContainsKey(bob));
    }

    [Fact]
    public void Refused_BlockOfAPeerThatDoesNotTell_BlamesItAtOnceAndAsksAnotherThatSpokeOfIt()
    {
        ConnectionId old = _scene.Meet("old", Scene.Hello("old") with { Capabilities = Old });
        ConnectionId dave = Meet("dave");
        ConnectionId carol = Meet("carol");
        _scene.Tell(new GossipInput.NeedBlocks([new WantedBlock(Blocks[0].Id, Blocks[0].Height)], []));
        _scene.Hear(carol, new PeerMessage.AnnounceBlocks([Blocks[0].Header]));

        Refuse(Blocks[0], old);

        Assert.Empty(_scene.Sent<PeerMessage.GetStateChanges>(old));
        Assert.Empty(_scene.Sent<PeerMessage.GetStateChanges>(dave));
        Assert.Single(_scene.Sent<PeerMessage.GetStateChanges>(carol));
        Assert.Equal([old], _scene.Closed.Keys);
        _scene.Hear(carol, Given(Blocks[0]));
        Assert.Equal(carol, Assert.Single(_scene.Take<GossipEvent.StateChangesAnswered>()).Asked);
        Assert.Equal([old], _scene.Closed.Keys);
    }

    [Fact]
    public void Refused_NobodyTells_SaysSoAtOnce()
    {
        ConnectionId old = _scene.Meet("old", Scene.Hello("old") with { Capabilities = Old });

        Refuse(Blocks[0], old);

        Assert.Equal(new GossipEvent.StateChangesAnswered(Blocks[0].Id, null, null), Assert.Single(_scene.Take<GossipEvent.StateChangesAnswered>()));
        Assert.Equal([old], _scene.Closed.Keys);
    }

    [Fact]
    public void Capabilities_WithoutTheBit_NeitherAsksNorAnswers()
    {
        Scene scene = new Scene(Chains.Options with { Capabilities = Old }).Start();
        ConnectionId bob = Meet("bob", scene);
        Assert.False(Assert.Single(scene.Sent<PeerMessage.Hello>(bob)).Capabilities.HasFlag(PeerCapabilities.StateChanges));

        scene.Tell(new GossipInput.BlockRefused(Blocks[0].Id, null, Misbehaviour.InvalidBlock) { WantsChanges = true });
        Assert.Null(Assert.Single(scene.Take<GossipEvent.StateChangesAnswered>()).Asked);

        scene.Hear(bob, new PeerMessage.GetStateChanges(Chains.Genesis.Id));
        Assert.Equal(Misbehaviour.MalformedMessage, Assert.Single(scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void Received_FromAPeerThatOfferedNone_IsMalformed()
    {
        foreach (PeerMessage message in (PeerMessage[])[new PeerMessage.GetStateChanges(Blocks[0].Id), Given(Blocks[0])])
        {
            foreach (PeerCapabilities capabilities in (PeerCapabilities[])[Old, Old | PeerCapabilities.CompactBlocks])
            {
                Scene scene = new Scene().Start();
                scene.Hear(scene.Meet("bob", Scene.Hello("bob") with { Capabilities = capabilities }), message);
                Assert.Equal(Misbehaviour.MalformedMessage, Assert.Single(scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
            }
        }
    }

    [Fact]
    public void Answer_NotInTime_BlamesThePeerAndALateOneIsNoOffence()
    {
        ConnectionId carol = Meet("carol");
        _scene.Hear(carol, new PeerMessage.AnnounceBlocks([Blocks[0].Header]));
        Refuse(Blocks[0], null);
        Assert.Single(_scene.Sent<PeerMessage.GetStateChanges>(carol));

        _scene.Wait(Timeout);
        GossipEvent.StateChangesAnswered answered = Assert.Single(_scene.Take<GossipEvent.StateChangesAnswered>());
        Assert.Equal((carol, null), (answered.Asked, answered.Answer));
        _scene.Hear(carol, Given(Blocks[0]));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
        Assert.Empty(_scene.Take<GossipEvent.StateChangesAnswered>());

        _scene.Hear(carol, Given(Blocks[0]));
        Assert.Equal(Misbehaviour.UnsolicitedStateChanges, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void Answer_NotInTime_FromWhoDelivered_CutsIt()
    {
        ConnectionId bob = Meet("bob");
        Refuse(Blocks[0], bob);

        _scene.Wait(Timeout);

        Assert.Equal(Misbehaviour.InvalidBlock, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.Null(Assert.Single(_scene.Take<GossipEvent.StateChangesAnswered>()).Answer);
    }

    [Fact]
    public void Answer_AboutAnotherBlockOrFromAnotherPeer_IsUnsolicited()
    {
        ConnectionId bob = Meet("bob");
        ConnectionId carol = Meet("carol");
        Refuse(Blocks[0], bob);

        _scene.Hear(bob, Given(Blocks[1]));
        _scene.Hear(carol, Given(Blocks[0]));

        Assert.Equal(
            [Misbehaviour.UnsolicitedStateChanges, Misbehaviour.UnsolicitedStateChanges],
            _scene.Take<GossipEvent.PeerMisbehaved>().Select(misbehaved => misbehaved.Cause));
        Assert.Empty(_scene.Take<GossipEvent.StateChangesAnswered>());
        _scene.Hear(bob, Given(Blocks[0]));
        Assert.NotNull(Assert.Single(_scene.Take<GossipEvent.StateChangesAnswered>()).Answer);
    }

    [Fact]
    public void Asked_PeerGoes_IsNoAnswer()
    {
        ConnectionId bob = Meet("bob");
        Refuse(Blocks[0], bob);

        _scene.Tell(new GossipInput.Disconnected(bob, "gone"));

        GossipEvent.StateChangesAnswered answered = Assert.Single(_scene.Take<GossipEvent.StateChangesAnswered>());
        Assert.Equal((bob, null), (answered.Asked, answered.Answer));
        _scene.Wait(Timeout);
        Assert.Empty(_scene.Take<GossipEvent.StateChangesAnswered>());
    }

    [Fact]
    public void Refused_AnotherBlockMeanwhileOrSoonAfter_IsNotAskedAbout()
    {
        ConnectionId bob = Meet("bob");
        ConnectionId carol = Meet("carol");
        ConnectionId dave = Meet("dave");
        Refuse(Blocks[0], bob);

        Refuse(Blocks[1], carol);
        Assert.Null(Assert.Single(_scene.Take<GossipEvent.StateChangesAnswered>()).Asked);
        Assert.Equal([carol], _scene.Closed.Keys);
        _scene.Hear(bob, Given(Blocks[0]));
        _scene.Take<GossipEvent.StateChangesAnswered>();
        Refuse(Blocks[2], dave);
        Assert.Null(Assert.Single(_scene.Take<GossipEvent.StateChangesAnswered>()).Asked);

        _scene.Wait(Pause);
        ConnectionId erin = Meet("erin");
        Refuse(Blocks[3], erin);
        Assert.Single(_scene.Sent<PeerMessage.GetStateChanges>(erin));
    }

    /// <summary>The next block of a chain that is split by two builds is announced while the question is open.</summary>
    [Fact]
    public void Asked_HeaderOnTheRefusedBlockComesFirst_IsPassedOverOnce()
    {
        ConnectionId bob = Meet("bob");
        Refuse(Blocks[0], bob);

        _scene.Tell(new GossipInput.ReportPeer(bob, Misbehaviour.InvalidHeader));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
        _scene.Tell(new GossipInput.ReportPeer(bob, Misbehaviour.InvalidHeader));

        Assert.Equal(Misbehaviour.InvalidHeader, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.Null(Assert.Single(_scene.Take<GossipEvent.StateChangesAnswered>()).Answer);
    }

    [Fact]
    public void Requested_StoredBlock_IsLoadedAndSent()
    {
        ConnectionId bob = Meet("bob");

        _scene.Hear(bob, new PeerMessage.GetStateChanges(Chains.Genesis.Id));
        Assert.Equal(new GossipEvent.StateChangesRequested(bob, Chains.Genesis.Id), Assert.Single(_scene.Take<GossipEvent.StateChangesRequested>()));
        PeerMessage.StateChanges loaded = Given(Chains.Genesis);
        _scene.Tell(new GossipInput.StateChangesLoaded(bob, loaded));

        Assert.Equal(loaded, Assert.Single(_scene.Sent<PeerMessage.StateChanges>(bob)));
    }

    [Fact]
    public void Requested_BlockThatIsNotStored_IsNotKeptAndNotLoaded()
    {
        ConnectionId bob = Meet("bob");

        _scene.Hear(bob, new PeerMessage.GetStateChanges(Blocks[0].Id));

        Assert.Equal(new PeerMessage.StateChanges(Blocks[0].Id, StateChangesAnswer.NotKept, default), Assert.Single(_scene.Sent<PeerMessage.StateChanges>(bob)));
        Assert.Empty(_scene.Take<GossipEvent.StateChangesRequested>());
    }

    /// <summary>A maker sends its block before it has judged it: the other build may refuse it first.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Requested_BlockThatIsNotJudgedYet_IsAnsweredOnceItIs(bool isValid)
    {
        ConnectionId bob = Meet("bob");
        _scene.Chain.Learn(Blocks[..1]);

        _scene.Hear(bob, new PeerMessage.GetStateChanges(Blocks[0].Id));
        Assert.Empty(_scene.Sent<PeerMessage.StateChanges>(bob));
        Assert.Empty(_scene.Take<GossipEvent.StateChangesRequested>());
        if (isValid)
        {
            _scene.Chain.Add(Blocks[..1]);
            _scene.Tell(new GossipInput.BlockAccepted(Blocks[0].Id));
        }
        else
        {
            _scene.Tell(new GossipInput.BlockRefused(Blocks[0].Id, null, Misbehaviour.None));
        }

        Assert.Equal(isValid ? 1 : 0, _scene.Take<GossipEvent.StateChangesRequested>().Count);
        Assert.Equal(isValid ? 0 : 1, _scene.Sent<PeerMessage.StateChanges>(bob).Count);
        _scene.Tell(new GossipInput.BlockAccepted(Blocks[0].Id));
        Assert.Empty(_scene.Take<GossipEvent.StateChangesRequested>());
    }

    [Fact]
    public void Requested_BlocksThatAreNeverJudged_WaitInBoundsAndNotForLong()
    {
        _scene.Chain.Learn(Blocks);
        ConnectionId[] peers = [.. Enumerable.Range(0, 18).Select(i => Meet($"peer-{i}"))];
        foreach (ConnectionId peer in peers)
        {
            _scene.Hear(peer, new PeerMessage.GetStateChanges(Blocks[0].Id));
        }

        Assert.Equal(2, peers.Sum(peer => _scene.Sent<PeerMessage.StateChanges>(peer).Count));
        _scene.Tell(new GossipInput.Disconnected(peers[0], "gone"));
        _scene.Hear(peers[17], new PeerMessage.GetStateChanges(Blocks[1].Id)); // its place
        _scene.Hear(peers[16], new PeerMessage.GetStateChanges(Blocks[1].Id));
        Assert.Empty(_scene.Sent<PeerMessage.StateChanges>(peers[17]));
        Assert.Single(_scene.Sent<PeerMessage.StateChanges>(peers[16]));
        _scene.Wait(Timeout);
        _scene.Hear(peers[16], new PeerMessage.GetStateChanges(Blocks[2].Id));
        Assert.Empty(_scene.Sent<PeerMessage.StateChanges>(peers[16]));
        _scene.Tell(new GossipInput.BlockAccepted(Blocks[0].Id));
        Assert.All(peers, peer => Assert.Empty(_scene.Sent<PeerMessage.StateChanges>(peer)));
    }

    [Fact]
    public void Requested_WhileThePeerTakesNothing_IsNotLoaded()
    {
        ConnectionId bob = Meet("bob");
        _scene.Tell(new GossipInput.Congested(bob));

        _scene.Hear(bob, new PeerMessage.GetStateChanges(Chains.Genesis.Id));

        Assert.Empty(_scene.Take<GossipEvent.StateChangesRequested>());
        Assert.Equal(StateChangesAnswer.NotKept, Assert.Single(_scene.Sent<PeerMessage.StateChanges>(bob)).Answer);
    }

    [Fact]
    public void Loaded_PeerIsGone_IsSentToNobody()
    {
        ConnectionId bob = Meet("bob");
        _scene.Hear(bob, new PeerMessage.GetStateChanges(Chains.Genesis.Id));
        _scene.Tell(new GossipInput.Disconnected(bob, "gone"));

        _scene.Tell(new GossipInput.StateChangesLoaded(bob, Given(Chains.Genesis)));

        Assert.Empty(_scene.Sent<PeerMessage.StateChanges>(bob));
    }

    [Fact]
    public void Requested_SameBlockAgain_CountsAgainstThePeerAndIsAnswered()
    {
        ConnectionId bob = Meet("bob");

        _scene.Hear(bob, new PeerMessage.GetStateChanges(Chains.Genesis.Id));
        _scene.Hear(bob, new PeerMessage.GetStateChanges(Chains.Genesis.Id));

        Assert.Equal(2, _scene.Take<GossipEvent.StateChangesRequested>().Count);
        Assert.Equal(Misbehaviour.RepeatedRequest, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void Requested_MoreThanFourInAMinute_IsTooMuchUntilTimePasses()
    {
        ConnectionId bob = Meet("bob");
        for (int i = 0; i < 6; i++)
        {
            _scene.Hear(bob, new PeerMessage.GetStateChanges(Blocks[i].Id));
        }

        Assert.Equal(4, _scene.Sent<PeerMessage.StateChanges>(bob).Count);
        Assert.Equal(
            [Misbehaviour.TooManyRequests, Misbehaviour.TooManyRequests],
            _scene.Take<GossipEvent.PeerMisbehaved>().Select(misbehaved => misbehaved.Cause));
        PassAMinute(bob);
        _scene.Hear(bob, new PeerMessage.GetStateChanges(Blocks[6].Id));
        Assert.Single(_scene.Sent<PeerMessage.StateChanges>(bob));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Requested_ByManyPeers_LoadsSixteenInAMinute()
    {
        ConnectionId[] peers = [.. Enumerable.Range(0, 20).Select(i => Meet($"peer-{i}"))];
        foreach (ConnectionId peer in peers)
        {
            _scene.Hear(peer, new PeerMessage.GetStateChanges(Chains.Genesis.Id));
        }

        Assert.Equal(16, _scene.Take<GossipEvent.StateChangesRequested>().Count);
        Assert.All(peers[16..], peer => Assert.Equal(StateChangesAnswer.NotKept, Assert.Single(_scene.Sent<PeerMessage.StateChanges>(peer)).Answer));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
        PassAMinute(peers);
        _scene.Hear(peers[19], new PeerMessage.GetStateChanges(Chains.Genesis.Id));
        Assert.Single(_scene.Take<GossipEvent.StateChangesRequested>());
    }

    private static PeerMessage.StateChanges Given(Block block) => new(block.Id, StateChangesAnswer.Given, new byte[] { 0x90 });

    private ConnectionId Meet(string name, Scene? scene = null)
    {
        PeerMessage.Hello hello = Scene.Hello(name);
        return (scene ?? _scene).Meet(name, hello with { Capabilities = hello.Capabilities | PeerCapabilities.StateChanges });
    }

    private void Refuse(Block block, ConnectionId? origin) =>
        _scene.Tell(new GossipInput.BlockRefused(block.Id, origin, Misbehaviour.InvalidBlock) { WantsChanges = true });

    /// <summary>Peers that answer nothing would be cut for their silence.</summary>
    private void PassAMinute(params ConnectionId[] talking)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < Minute; passed += Timeout)
        {
            _scene.Wait(Timeout);
            foreach (ConnectionId peer in talking)
            {
                _scene.Hear(peer, new PeerMessage.Ping(1));
            }
        }
    }
}
