using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Addresses;

public sealed class PeerDialerTests
{
    private static readonly PeerAddress[] Many = [.. Enumerable.Range(0, 50).Select(i => Chains.Address($"host-{i}.example"))];

    [Fact]
    public void Started_MoreAddressesThanSlots_DialsAsManyAsThereAreSlots()
    {
        Scene scene = new Scene().Start(Many);

        Assert.Equal(8, scene.Dialled.Distinct().Count());
        Assert.Equal(8, scene.Dialled.Count);
    }

    [Fact]
    public void DialFailed_AgainAndAgain_WaitsLongerUpToAMinute()
    {
        Scene scene = new Scene().Start(Many[0]);
        var gaps = new List<double>();
        for (int i = 0; i < 12; i++)
        {
            Instant before = scene.Now;
            scene.Dialled.Clear();
            scene.Tell(new GossipInput.DialFailed(Many[0]));
            while (scene.Dialled.Count == 0)
            {
                scene.Wait(TimeSpan.FromMilliseconds(100));
            }

            gaps.Add((scene.Now - before).TotalSeconds);
        }

        Assert.InRange(gaps[0], 0.5, 1.2);
        Assert.InRange(gaps[3], 4, 8.2);
        Assert.InRange(gaps[11], 30, 60.2);
    }

    [Fact]
    public void DialFailed_OtherAddressesLeft_AnotherIsTriedAtOnce()
    {
        Scene scene = new Scene().Start(Many);
        PeerAddress failed = scene.Dialled[0];

        scene.Tell(new GossipInput.DialFailed(failed));

        Assert.Equal(9, scene.Dialled.Count);
        Assert.NotEqual(failed, scene.Dialled[8]);
    }

    [Fact]
    public void DialFailed_NeverDialled_ChangesNothing()
    {
        Scene scene = new Scene().Start(Many);

        for (int i = 0; i < 100; i++)
        {
            scene.Tell(new GossipInput.DialFailed(Chains.Address("other.example")));
        }

        Assert.Equal(8, scene.Dialled.Count);
    }

    [Fact]
    public void Disconnected_OutboundPeer_SlotIsFilledAgain()
    {
        Scene scene = new Scene().Start(Many[0]);
        ConnectionId bob = scene.Connect("bob", ConnectionDirection.Outbound, Many[0]);
        scene.Hear(bob, Scene.Hello("bob"));

        scene.Tell(new GossipInput.Disconnected(bob, "reset"));
        scene.Wait(TimeSpan.FromSeconds(2));

        Assert.Equal([Many[0], Many[0]], scene.Dialled);
    }

    [Fact]
    public void WrongGenesis_OutboundPeer_IsNotDialledAgainSoon()
    {
        Scene scene = new Scene().Start(Many[0]);
        ConnectionId bob = scene.Connect("bob", ConnectionDirection.Outbound, Many[0]);

        scene.Hear(bob, Scene.Hello("bob") with { Genesis = Chains.UnknownBlock(1) });
        scene.Wait(Chains.Options.Peers.RedialMax - TimeSpan.FromSeconds(1));

        Assert.Single(scene.Dialled);
    }

    [Fact]
    public void Banned_OutboundPeer_IsNotDialledUntilTheBanExpires()
    {
        Scene scene = new Scene().Start(Many[0]);
        ConnectionId bob = scene.Connect("bob", ConnectionDirection.Outbound, Many[0]);
        scene.Hear(bob, Scene.Hello("bob"));

        scene.Tell(new GossipInput.ReportPeer(bob, Misbehaviour.InvalidBlock));
        scene.Wait(Chains.Options.Peers.BanTime - TimeSpan.FromSeconds(1));
        Assert.Single(scene.Dialled);
        scene.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(2, scene.Dialled.Count);
    }

    [Fact]
    public void Hello_NamesAListenAddress_IsDialledOnceThePeerLeaves()
    {
        Scene scene = new Scene().Start();
        ConnectionId bob = scene.Connect("bob");
        scene.Hear(bob, Scene.Hello("bob") with { ListenAddress = Chains.Address("bob.example") });
        Assert.Empty(scene.Dialled);

        scene.Tell(new GossipInput.Disconnected(bob, "reset"));
        scene.Wait(TimeSpan.FromSeconds(2));

        Assert.Equal([Chains.Address("bob.example")], scene.Dialled);
    }

    [Fact]
    public void Hello_ListensOnAllInterfaces_TheHostItCameFromIsMeant()
    {
        Scene scene = new Scene().Start();
        ConnectionId bob = scene.Connect("bob", remote: Chains.Address("192.0.2.7", 50_000));
        scene.Hear(bob, Scene.Hello("bob") with { ListenAddress = Chains.Address("0.0.0.0", 7001) });

        scene.Tell(new GossipInput.Disconnected(bob, "reset"));
        scene.Wait(TimeSpan.FromSeconds(2));

        Assert.Equal([Chains.Address("192.0.2.7", 7001)], scene.Dialled);
    }

    [Fact]
    public void Duplicate_DialLeadsToAPeerThatIsConnected_AddressRestsWhileItIs()
    {
        Scene scene = new Scene(self: "zoe").Start();
        ConnectionId bob = scene.Meet("bob");
        scene.Tell(new GossipInput.Received(bob, new PeerMessage.GetAddresses()));
        ConnectionId carol = scene.Connect("carol");
        scene.Hear(carol, Scene.Hello("carol") with { ListenAddress = Chains.Address("bobs-other-name.example") });
        scene.Wait(TimeSpan.FromSeconds(1));
        scene.Tell(new GossipInput.Disconnected(carol, "reset"));
        scene.Wait(TimeSpan.FromSeconds(20));
        Assert.Single(scene.Dialled.Distinct());
        scene.Dialled.Clear();

        ConnectionId second = scene.Connect("bob", ConnectionDirection.Outbound, Chains.Address("bobs-other-name.example"));
        for (int second0 = 0; second0 < 600; second0++)
        {
            scene.Wait(TimeSpan.FromSeconds(1));
            scene.Hear(bob, new PeerMessage.Consensus(new byte[1]));
        }

        Assert.True(scene.Closed.ContainsKey(second));
        Assert.Empty(scene.Dialled);
    }
}
