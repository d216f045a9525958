using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Relay;

public sealed class BlockAnnouncementTests
{
    private static readonly List<Block> Blocks = Chains.BlocksAfter(Chains.Genesis, 30);

    private readonly Scene _scene = new Scene().Start();

    [Fact]
    public void HeadChanged_PeersLackTheBlock_AnnouncesItsHeaderAtOnce()
    {
        ConnectionId bob = _scene.Meet("bob");

        Mine(1);

        Assert.Equal([Blocks[0].Header], Assert.Single(_scene.Sent<PeerMessage.AnnounceBlocks>(bob)).Items);
    }

    [Fact]
    public void HeadChanged_BobAnnouncedTheBlock_OnlyCarolHearsOfIt()
    {
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");

        _scene.Hear(bob, new PeerMessage.AnnounceBlocks([Blocks[0].Header]));
        Assert.Equal([Blocks[0].Id], Assert.Single(_scene.Sent<PeerMessage.RequestBlocks>(bob)).Ids);
        _scene.Hear(bob, new PeerMessage.DeliverBlock(Blocks[0]));

        Assert.Equal(Blocks[0].Id, _scene.Chain.Head.Id);
        Assert.Empty(_scene.Sent<PeerMessage.AnnounceBlocks>(bob));
        Assert.Single(_scene.Sent<PeerMessage.AnnounceBlocks>(carol));
    }

    [Fact]
    public void HeadChanged_BetweenTheTwoHellos_IsAnnouncedAfterTheSecond()
    {
        ConnectionId bob = _scene.Connect("bob");
        Mine(2);
        Assert.Empty(_scene.Sent<PeerMessage.AnnounceBlocks>(bob));

        _scene.Hear(bob, Scene.Hello("bob"));

        Assert.Equal([Blocks[1].Header], Assert.Single(_scene.Sent<PeerMessage.AnnounceBlocks>(bob)).Items);
    }

    [Fact]
    public void HeadChanged_BeforeBothHellos_IsToldByHelloAlone()
    {
        Mine(2);

        ConnectionId bob = _scene.Meet("bob");

        Assert.Empty(_scene.Sent<PeerMessage.AnnounceBlocks>(bob));
    }

    [Fact]
    public void HeadChanged_LongNewPart_AnnouncesItsEnd()
    {
        ConnectionId bob = _scene.Meet("bob");

        Mine(30);

        Assert.Equal(
            Blocks[22..].Select(block => block.Header),
            Assert.Single(_scene.Sent<PeerMessage.AnnounceBlocks>(bob)).Items);
    }

    [Fact]
    public void HeadChanged_PeerIsFarAhead_HearsNothing()
    {
        ConnectionId near = _scene.Meet("bob", Blocks[8]);
        ConnectionId far = _scene.Meet("carol", Blocks[9]);

        Mine(1);

        Assert.Single(_scene.Sent<PeerMessage.AnnounceBlocks>(near));
        Assert.Empty(_scene.Sent<PeerMessage.AnnounceBlocks>(far));
    }

    [Fact]
    public void HeadChanged_ManyInAShortTime_AreAnnouncedTogether()
    {
        ConnectionId bob = _scene.Meet("bob");
        for (int i = 1; i <= 5; i++)
        {
            Mine(i);
        }

        Assert.Single(_scene.Sent<PeerMessage.AnnounceBlocks>(bob));
        _scene.Wait(Chains.Options.Relay.BlockInterval);

        Assert.Equal(
            Blocks[1..5].Select(block => block.Header), Assert.Single(_scene.Sent<PeerMessage.AnnounceBlocks>(bob)).Items);
    }

    [Fact]
    public void HeadChanged_ToAnotherBranchWhileSomeWait_AnnouncesTheNewBranchOnly()
    {
        ConnectionId bob = _scene.Meet("bob");
        Mine(1);
        Mine(2);
        _scene.ForgetSent();
        List<Block> other = Chains.BlocksAfter(Blocks[0], 2, fork: 9);
        _scene.Chain.Add(other);

        _scene.Tell(new GossipInput.HeadChanged(
            other[1].Header, _scene.Chain.Locator, other.ConvertAll(block => block.Header)));
        _scene.Wait(Chains.Options.Relay.BlockInterval);

        Assert.Equal(
            other.Select(block => block.Header), Assert.Single(_scene.Sent<PeerMessage.AnnounceBlocks>(bob)).Items);
    }

    [Fact]
    public void HeadChanged_PeerConnectsLater_HelloNamesTheHead()
    {
        Mine(3);

        ConnectionId bob = _scene.Connect("bob");

        PeerMessage.Hello hello = Assert.Single(_scene.Sent<PeerMessage.Hello>(bob));
        Assert.Equal((Blocks[2].Id, Blocks[2].Height), (hello.Head, hello.HeadHeight));
    }

    [Fact]
    public void Announced_KnownHeader_IsNotHandedUpAgain()
    {
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");
        _scene.Hear(bob, new PeerMessage.AnnounceBlocks([Blocks[0].Header]));

        _scene.Hear(carol, new PeerMessage.AnnounceBlocks([Blocks[0].Header]));

        Assert.Equal(bob, Assert.Single(_scene.Take<GossipEvent.HeadersReceived>()).Connection);
    }

    [Fact]
    public void Consensus_FromAndToPeers_PassesThrough()
    {
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");
        ConnectionId silent = _scene.Connect("dave");

        _scene.Hear(bob, new PeerMessage.Consensus(new byte[] { 1 }));
        _scene.Tell(new GossipInput.BroadcastConsensus(new byte[] { 2 }));
        _scene.Tell(new GossipInput.SendConsensus(carol, new byte[] { 3 }));

        GossipEvent.ConsensusReceived received = Assert.Single(_scene.Take<GossipEvent.ConsensusReceived>());
        Assert.Equal((bob, Chains.Peer("bob"), 1), (received.Connection, received.Peer, received.Payload.Span[0]));
        Assert.Equal([2], _scene.Sent<PeerMessage.Consensus>(bob).Select(message => message.Payload.Span[0]));
        Assert.Equal([2, 3], _scene.Sent<PeerMessage.Consensus>(carol).Select(message => message.Payload.Span[0]));
        Assert.Empty(_scene.Sent<PeerMessage.Consensus>(silent));
    }

    private void Mine(int count)
    {
        BlockHeader before = _scene.Chain.Head;
        _scene.Chain.Add(Blocks.Take(count));
        _scene.Tell(_scene.Chain.HeadChanged(before));
    }
}
