using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Sync;

public sealed class BlockServerTests
{
    private static readonly List<Block> Blocks = Chains.BlocksAfter(Chains.Genesis, 400);

    private readonly Scene _scene = new();
    private readonly ConnectionId _bob;

    public BlockServerTests()
    {
        _scene.Chain.Add(Blocks);
        _scene.Start();
        _bob = _scene.Meet("bob");
    }

    [Fact]
    public void Requested_StoredAndUnknown_DeliversAndSaysWhatIsMissing()
    {
        _scene.Hear(_bob, new PeerMessage.RequestBlocks([Blocks[0].Id, Chains.UnknownBlock(1), Blocks[2].Id]));

        Assert.Equal([Blocks[0], Blocks[2]], _scene.Sent<PeerMessage.DeliverBlock>(_bob).Select(message => message.Block));
        Assert.Equal([Chains.UnknownBlock(1)], Assert.Single(_scene.Sent<PeerMessage.BlocksNotFound>(_bob)).Ids);
    }

    [Fact]
    public void Requested_Many_TheHostLoadsOneBatchAtATimeInOrder()
    {
        _scene.ChainAnswers = false;
        _scene.Hear(_bob, Request(0, 40));
        Assert.Equal(Blocks[..16].Select(b => b.Id), Assert.Single(_scene.Take<GossipEvent.BlocksRequested>()).Ids);

        _scene.Tell(new GossipInput.BlocksLoaded(_bob, Blocks[..15], [Blocks[15].Id]));

        Assert.Equal(15, _scene.Sent<PeerMessage.DeliverBlock>(_bob).Count);
        Assert.Equal([Blocks[15].Id], Assert.Single(_scene.Sent<PeerMessage.BlocksNotFound>(_bob)).Ids);
        Assert.Equal(Blocks[16..32].Select(b => b.Id), Assert.Single(_scene.Take<GossipEvent.BlocksRequested>()).Ids);
    }

    [Fact]
    public void Loaded_HostStopsEarly_TheRestIsLoadedNext()
    {
        _scene.ChainAnswers = false;
        _scene.Hear(_bob, Request(0, 4));
        _scene.Take<GossipEvent.BlocksRequested>();

        _scene.Tell(new GossipInput.BlocksLoaded(_bob, Blocks[..1], [Blocks[1].Id]));

        Assert.Equal([Blocks[2].Id, Blocks[3].Id], Assert.Single(_scene.Take<GossipEvent.BlocksRequested>()).Ids);
    }

    [Fact]
    public void Loaded_Nothing_SaysThatAllIsMissing()
    {
        _scene.ChainAnswers = false;
        _scene.Hear(_bob, Request(0, 4));
        _scene.Take<GossipEvent.BlocksRequested>();

        _scene.Tell(new GossipInput.BlocksLoaded(_bob, [], []));

        Assert.Equal(4, Assert.Single(_scene.Sent<PeerMessage.BlocksNotFound>(_bob)).Ids.Count);
        Assert.Empty(_scene.Take<GossipEvent.BlocksRequested>());
    }

    [Fact]
    public void Requested_MoreThanMayBeOpen_IsDroppedAndCounts()
    {
        _scene.ChainAnswers = false;
        _scene.Hear(_bob, Request(0, 128));
        Assert.Empty(_scene.Take<GossipEvent.PeerMisbehaved>());

        _scene.Hear(_bob, Request(200, 1));

        Assert.Equal(Misbehaviour.TooManyRequests, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
        Assert.Single(_scene.Take<GossipEvent.BlocksRequested>());
    }

    [Fact]
    public void Loaded_PeerIsGone_NothingIsSent()
    {
        _scene.ChainAnswers = false;
        _scene.Hear(_bob, Request(0, 1));
        _scene.Tell(new GossipInput.Disconnected(_bob, "reset"));

        _scene.Tell(new GossipInput.BlocksLoaded(_bob, [Blocks[0]], []));

        Assert.Empty(_scene.Sent<PeerMessage.DeliverBlock>(_bob));
    }

    [Fact]
    public void Requested_TheSameAgain_IsServedAndCounts()
    {
        _scene.Hear(_bob, Request(0, 1));

        _scene.Hear(_bob, Request(0, 1));

        Assert.Equal(2, _scene.Sent<PeerMessage.DeliverBlock>(_bob).Count);
        Assert.Equal(Misbehaviour.RepeatedRequest, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Cause);
    }

    [Fact]
    public void Congested_MoreBlocksAreWaiting_TheyAreLoadedWhenDrained()
    {
        _scene.ChainAnswers = false;
        _scene.Hear(_bob, Request(0, 40));
        _scene.Take<GossipEvent.BlocksRequested>();
        _scene.Tell(new GossipInput.BlocksLoaded(_bob, Blocks[..8], []));
        Assert.Equal(Blocks[8..24].Select(b => b.Id), Assert.Single(_scene.Take<GossipEvent.BlocksRequested>()).Ids);

        _scene.Tell(new GossipInput.Congested(_bob));
        _scene.Tell(new GossipInput.BlocksLoaded(_bob, Blocks[8..16], []));
        Assert.Empty(_scene.Take<GossipEvent.BlocksRequested>());
        _scene.Hear(_bob, Request(50, 1));
        Assert.Empty(_scene.Take<GossipEvent.BlocksRequested>());

        _scene.Tell(new GossipInput.Drained(_bob));
        Assert.Equal(Blocks[16..32].Select(b => b.Id), Assert.Single(_scene.Take<GossipEvent.BlocksRequested>()).Ids);
        _scene.Tell(new GossipInput.Drained(_bob));
        Assert.Empty(_scene.Take<GossipEvent.BlocksRequested>());
    }

    private static PeerMessage.RequestBlocks Request(int start, int count) =>
        new(Blocks.GetRange(start, count).ConvertAll(block => block.Id));
}
