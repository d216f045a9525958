using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Peers;

public sealed class HelloTests
{
    private readonly Scene _scene = new Scene().Start();

    [Fact]
    public void Connected_BobDials_SaysHelloFirstWithHead()
    {
        ConnectionId bob = _scene.Connect("bob");

        PeerMessage.Hello hello = Assert.Single(_scene.Sent<PeerMessage.Hello>(bob));
        Assert.Equal((Chains.Network, Chains.Genesis.Id, Chains.Genesis.Id), (hello.Network, hello.Genesis, hello.Head));
        Assert.Equal(Chains.Address("alice.example"), hello.ListenAddress);
        Assert.Empty(_scene.Take<GossipEvent.PeerReady>());
    }

    [Fact]
    public void Hello_Fits_PeerIsReady()
    {
        ConnectionId bob = _scene.Meet("bob");

        GossipEvent.PeerReady ready = Assert.Single(_scene.Take<GossipEvent.PeerReady>());
        Assert.Equal((bob, 1u), (ready.Connection.Id, ready.Version));
        _scene.Wait(TimeSpan.FromSeconds(10));
        Assert.Empty(_scene.Closed);
    }

    [Theory]
    [InlineData(1, 3, 3u)]
    [InlineData(2, 9, 3u)]
    [InlineData(1, 2, 2u)]
    [InlineData(2, 2, 2u)]
    public void Hello_OtherVersions_UsesGreatestCommon(uint min, uint max, uint expected)
    {
        Scene scene = new Scene(Chains.Options with { MinVersion = 2, MaxVersion = 3 }).Start();
        ConnectionId bob = scene.Connect("bob");

        scene.Hear(bob, Scene.Hello("bob") with { MinVersion = min, MaxVersion = max });

        Assert.Equal(expected, Assert.Single(scene.Take<GossipEvent.PeerReady>()).Version);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 9)]
    [InlineData(3, 2)]
    public void Hello_NoCommonVersion_CutsWithoutBan(uint min, uint max)
    {
        Scene scene = new Scene(Chains.Options with { MinVersion = 2, MaxVersion = 3 }).Start();
        ConnectionId bob = scene.Connect("bob");

        scene.Hear(bob, Scene.Hello("bob") with { MinVersion = min, MaxVersion = max });

        AssertCut(scene, bob, Misbehaviour.NoCommonVersion);
        scene.Hear(scene.Connect("bob"), Scene.Hello("bob") with { MinVersion = 2, MaxVersion = 2 });
        Assert.Single(scene.Take<GossipEvent.PeerReady>());
    }

    [Fact]
    public void Hello_OtherNetwork_SaysGoodbyeAndCloses()
    {
        ConnectionId bob = _scene.Connect("bob");

        _scene.Hear(bob, Scene.Hello("bob") with { Network = 8 });

        AssertCut(_scene, bob, Misbehaviour.WrongNetwork);
        Assert.Single(_scene.Sent<PeerMessage.Goodbye>(bob));
    }

    [Fact]
    public void Hello_OtherGenesis_SaysGoodbyeAndCloses()
    {
        ConnectionId bob = _scene.Connect("bob");

        _scene.Hear(bob, Scene.Hello("bob") with { Genesis = Chains.UnknownBlock(1) });

        AssertCut(_scene, bob, Misbehaviour.WrongGenesis);
        Assert.Single(_scene.Sent<PeerMessage.Goodbye>(bob));
    }

    [Fact]
    public void Hello_DoesNotCome_CutsAfterTimeout()
    {
        ConnectionId bob = _scene.Connect("bob");

        _scene.Wait(Chains.Options.Peers.HelloTimeout - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_scene.Closed);
        _scene.Wait(TimeSpan.FromMilliseconds(1));

        AssertCut(_scene, bob, Misbehaviour.HelloTimeout);
    }

    [Fact]
    public void Received_GoodbyeBeforeHello_ClosesWithoutBlame()
    {
        ConnectionId bob = _scene.Connect("bob");

        _scene.Hear(bob, new PeerMessage.Goodbye("no free slot"));

        Assert.True(_scene.Closed.ContainsKey(bob));
        Assert.Empty(_scene.Events);
    }

    [Fact]
    public void Connected_InboundSlotsTaken_RefusesAndServesAgainWhenOneLeaves()
    {
        Scene scene = new Scene(Chains.Options with { Peers = new PeerOptions { InboundSlots = 1 } }).Start();
        ConnectionId bob = scene.Meet("bob");
        ConnectionId carol = scene.Connect("carol");
        Assert.True(scene.Closed.ContainsKey(carol));

        scene.Tell(new GossipInput.Disconnected(bob, "reset"));
        scene.Meet("dave");

        Assert.Equal(2, scene.Take<GossipEvent.PeerReady>().Count);
        Assert.Equal(bob, Assert.Single(scene.Take<GossipEvent.PeerGone>()).Connection.Id);
    }

    [Fact]
    public void Connected_BannedPeerReturns_RefusedUntilBanExpires()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.Tell(new GossipInput.ReportPeer(bob, Misbehaviour.InvalidBlock));
        Assert.Equal(Consequence.Banned, Assert.Single(_scene.Take<GossipEvent.PeerMisbehaved>()).Consequence);

        ConnectionId again = _scene.Connect("bob");
        Assert.Equal("banned", _scene.Closed[again]);
        _scene.Wait(Chains.Options.Peers.BanTime);
        _scene.Take<GossipEvent.PeerReady>();
        _scene.Meet("bob");

        Assert.Single(_scene.Take<GossipEvent.PeerReady>());
    }

    [Fact]
    public void Connected_OwnIdentity_ClosesAndDialsThatAddressNoMore()
    {
        Scene scene = new Scene().Start(Chains.Address("mirror.example"));
        Assert.Single(scene.Dialled);

        ConnectionId self = scene.Connect("alice", ConnectionDirection.Outbound, Chains.Address("mirror.example"));
        scene.Wait(TimeSpan.FromHours(1));

        Assert.True(scene.Closed.ContainsKey(self));
        Assert.Single(scene.Dialled);
    }

    [Theory]
    [InlineData("alice", "bob")]
    [InlineData("bob", "alice")]
    public void Connected_BothDialled_KeepTheOneOfTheSmallerId(string self, string other)
    {
        ConnectionDirection kept = self == "alice" ? ConnectionDirection.Outbound : ConnectionDirection.Inbound;
        foreach (ConnectionDirection first in Enum.GetValues<ConnectionDirection>())
        {
            Scene scene = new Scene(self: self).Start();
            ConnectionId one = scene.Meet(other, direction: first);
            ConnectionId two = scene.Connect(
                other, first == ConnectionDirection.Inbound ? ConnectionDirection.Outbound : ConnectionDirection.Inbound);

            Assert.Equal(first == kept ? two : one, Assert.Single(scene.Closed).Key);
        }
    }

    [Fact]
    public void Connected_PeerDialsAgain_SecondReplacesFirstOnlyOnceItSaysHello()
    {
        ConnectionId first = _scene.Meet("bob");
        ConnectionId second = _scene.Connect("bob");
        Assert.Empty(_scene.Closed);
        ConnectionId third = _scene.Connect("bob");
        Assert.Equal(third, Assert.Single(_scene.Closed).Key);

        _scene.Hear(second, Scene.Hello("bob"));

        Assert.True(_scene.Closed.ContainsKey(first));
        Assert.False(_scene.Closed.ContainsKey(second));
    }

    [Fact]
    public void Handle_BeforeStarted_IsTheCallersError()
    {
        var scene = new Scene();

        Assert.Throws<InvalidOperationException>(() => scene.Connect("bob"));
        scene.Start();
        Assert.Throws<InvalidOperationException>(() => scene.Start());
    }

    private static void AssertCut(Scene scene, ConnectionId connection, Misbehaviour cause)
    {
        GossipEvent.PeerMisbehaved misbehaved = Assert.Single(scene.Take<GossipEvent.PeerMisbehaved>());
        Assert.Equal((connection, cause, Consequence.Cut), (misbehaved.Connection.Id, misbehaved.Cause, misbehaved.Consequence));
        Assert.Equal(connection, Assert.Single(scene.Closed).Key);
    }
}
