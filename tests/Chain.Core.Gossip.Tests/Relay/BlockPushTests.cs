using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Relay;

public sealed class BlockPushTests
{
    private static readonly List<Block> Blocks = Chains.BlocksAfter(Chains.Genesis, 30);

    private readonly Scene _scene = new Scene().Start();

    [Fact]
    public void Made_PeersLackTheBlock_IsSentWholeAndNotAnnouncedAgain()
    {
        ConnectionId bob = _scene.Meet("bob");

        Make(Blocks[0]);

        Assert.Equal(Blocks[0], Assert.Single(_scene.Sent<PeerMessage.DeliverBlock>(bob)).Block);
        Assert.Empty(_scene.Sent<PeerMessage.AnnounceBlocks>(bob));
    }

    [Fact]
    public void Made_BobAnnouncedIt_IsNotSentToBob()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.ChainAnswers = false;
        _scene.Hear(bob, new PeerMessage.AnnounceBlocks([Blocks[0].Header]));

        _scene.Tell(new GossipInput.BlockMade(Blocks[0]));

        Assert.Empty(_scene.Sent<PeerMessage.DeliverBlock>(bob));
    }

    [Fact]
    public void Made_CongestedOrFarAheadOrNotReady_IsNotSent()
    {
        ConnectionId congested = _scene.Meet("bob");
        ConnectionId ahead = _scene.Meet("carol", Blocks[^1]);
        ConnectionId silent = _scene.Connect("dave");
        _scene.Tell(new GossipInput.Congested(congested));

        _scene.Tell(new GossipInput.BlockMade(Blocks[0]));

        Assert.Empty(_scene.Sent<PeerMessage.DeliverBlock>(congested));
        Assert.Empty(_scene.Sent<PeerMessage.DeliverBlock>(ahead));
        Assert.Empty(_scene.Sent<PeerMessage.DeliverBlock>(silent));
    }

    [Fact]
    public void Made_MorePeersThanAreToBePushedTo_TheOthersHearOfItsHeader()
    {
        Scene scene = new Scene(Chains.Options with { Relay = new RelayOptions { PushPeers = 3 } }).Start();
        ConnectionId[] peers = [.. Enumerable.Range(0, 10).Select(i => scene.Meet($"peer-{i}"))];

        scene.Tell(new GossipInput.BlockMade(Blocks[0]));
        scene.Chain.Add([Blocks[0]]);
        scene.Tell(scene.Chain.HeadChanged(Chains.Genesis.Header));

        int[] pushed = [.. peers.Select(peer => scene.Sent<PeerMessage.DeliverBlock>(peer).Count)];
        int[] announced = [.. peers.Select(peer => scene.Sent<PeerMessage.AnnounceBlocks>(peer).Count)];
        Assert.Equal(3, pushed.Sum());
        Assert.All(pushed.Zip(announced), each => Assert.Equal(1, each.First + each.Second));
    }

    [Fact]
    public void Made_LargerThanIsPushed_IsAnnouncedOnly()
    {
        ConnectionId bob = _scene.Meet("bob");
        Block large = Chains.BlockOn(
            Chains.Genesis.Header, 0, [.. Enumerable.Range(0, 7).Select(i => Chains.Transaction((ulong)i, 40 * 1024))]);

        Make(large);

        Assert.Empty(_scene.Sent<PeerMessage.DeliverBlock>(bob));
        Assert.Single(_scene.Sent<PeerMessage.AnnounceBlocks>(bob));
    }

    [Fact]
    public void Pushed_NewBlock_IsHandedUpAfterItsHeaderAndNobodyIsAsked()
    {
        ConnectionId bob = _scene.Meet("bob");

        _scene.Hear(bob, new PeerMessage.DeliverBlock(Blocks[0]));

        Assert.Equal(Blocks[0].Id, _scene.Chain.Head.Id);
        Assert.Empty(_scene.Sent<PeerMessage.RequestBlocks>(bob));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
        Assert.Equal(0, _scene.Machine.Held.PushedBlocks);
    }

    [Fact]
    public void Pushed_WhileCarolIsAskedForIt_IsTakenAndHerAnswerIsNoOffence()
    {
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");
        _scene.Hear(carol, new PeerMessage.AnnounceBlocks([Blocks[0].Header]));
        Assert.Single(_scene.Sent<PeerMessage.RequestBlocks>(carol));

        _scene.Hear(bob, new PeerMessage.DeliverBlock(Blocks[0]));
        _scene.Hear(carol, new PeerMessage.DeliverBlock(Blocks[0]));

        Assert.Equal(bob, Assert.Single(_scene.Take<GossipEvent.BlockReceived>()).Connection);
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Pushed_BetweenARequestAndItsLateAnswer_TheAnswerIsNoOffence()
    {
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");
        _scene.Hear(carol, new PeerMessage.AnnounceBlocks([Blocks[0].Header]));
        _scene.Hear(bob, new PeerMessage.DeliverBlock(Blocks[0]));

        _scene.Hear(carol, new PeerMessage.DeliverBlock(Blocks[1]));
        _scene.Hear(carol, new PeerMessage.DeliverBlock(Blocks[0]));

        Assert.Equal(Blocks[1].Id, _scene.Chain.Head.Id);
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Pushed_BodyOfAnotherBlock_CutsThePeerAndTheBlockIsAskedOfOthers()
    {
        ConnectionId mallory = _scene.Meet("mallory");
        ConnectionId carol = _scene.Meet("carol", Blocks[0]);
        Block wrong = Block.Create(Blocks[0].Header, [Chains.Transaction(1)]);

        _scene.Hear(mallory, new PeerMessage.DeliverBlock(wrong));

        Assert.Empty(_scene.Take<GossipEvent.BlockReceived>());
        Assert.Equal(Misbehaviour.WrongBody, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.Equal([Blocks[0].Id], Assert.Single(_scene.Sent<PeerMessage.RequestBlocks>(carol)).Ids);
    }

    [Fact]
    public void Pushed_BlocksThatNobodyWants_FewAreKept()
    {
        Scene scene = new Scene().Start();
        scene.ChainAnswers = false;
        for (int i = 0; i < 30; i++)
        {
            ConnectionId mallory = scene.Meet($"mallory-{i}");
            for (uint j = 0; j < 5; j++)
            {
                scene.Hear(mallory, new PeerMessage.DeliverBlock(Chains.BlockOn(Chains.Genesis.Header, (uint)(i * 5) + j)));
            }
        }

        Assert.Equal(16, scene.Machine.Held.PushedBlocks);
    }

    [Fact]
    public void Pushed_BlockThatIsHereAlready_IsNotHandedUpAgain()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.Chain.Add([Blocks[0]]);

        _scene.Hear(bob, new PeerMessage.DeliverBlock(Blocks[0]));

        Assert.Empty(_scene.Take<GossipEvent.BlockReceived>());
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());
    }

    private void Make(Block block)
    {
        BlockHeader before = _scene.Chain.Head;
        _scene.Tell(new GossipInput.BlockMade(block));
        _scene.Chain.Add([block]);
        _scene.Tell(_scene.Chain.HeadChanged(before));
    }
}
