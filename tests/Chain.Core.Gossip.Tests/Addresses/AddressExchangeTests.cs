using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Addresses;

public sealed class AddressExchangeTests
{
    private static readonly PeerAddress[] Many = [.. Enumerable.Range(0, 200).Select(i => Chains.Address($"host-{i}.example"))];

    private readonly Scene _scene = new Scene().Start(Many);

    [Fact]
    public void GetAddresses_AskedByMany_AllGetTheSameRandomSample()
    {
        ConnectionId bob = _scene.Meet("bob");
        ConnectionId carol = _scene.Meet("carol");

        _scene.Hear(bob, new PeerMessage.GetAddresses());
        _scene.Hear(carol, new PeerMessage.GetAddresses());
        _scene.Hear(bob, new PeerMessage.GetAddresses());

        List<PeerMessage.Addresses> toBob = _scene.Sent<PeerMessage.Addresses>(bob);
        Assert.Equal(toBob[0].Items, toBob[1].Items);
        Assert.Equal(toBob[0].Items, Assert.Single(_scene.Sent<PeerMessage.Addresses>(carol)).Items);
        Assert.Equal(32, toBob[0].Items.Distinct().Count());
        Assert.NotEqual(Many[..32], toBob[0].Items);
    }

    [Fact]
    public void GetAddresses_AfterTheLifetime_IsAnotherSample()
    {
        ConnectionId bob = _scene.Meet("bob");
        _scene.Hear(bob, new PeerMessage.GetAddresses());
        _scene.Wait(Chains.Options.Peers.AddressSampleLifetime);
        _scene.Hear(bob, new PeerMessage.GetAddresses());

        List<PeerMessage.Addresses> answers = _scene.Sent<PeerMessage.Addresses>(bob);
        Assert.NotEqual(answers[0].Items, answers[1].Items);
    }

    [Fact]
    public void Addresses_Asked_AreTakenUpToTheLimitOfOnePeer()
    {
        Scene scene = new Scene().Start();
        ConnectionId bob = scene.Meet("bob");
        scene.Wait(Chains.Options.Peers.DiscoveryInterval);
        Assert.Single(scene.Sent<PeerMessage.GetAddresses>(bob));

        scene.Hear(bob, new PeerMessage.Addresses(Many));

        Assert.Equal(64, scene.Machine.Held.Addresses);
        Assert.Equal(8, scene.Dialled.Count);
        Assert.Empty(scene.Take<GossipEvent.PeerMisbehaved>());
    }

    [Fact]
    public void Discovery_NothingNewComes_AsksLessAndLessOften()
    {
        Scene scene = new Scene().Start();
        ConnectionId bob = scene.Meet("bob");
        int asked = 0;
        for (int second = 0; second < 3600; second++)
        {
            scene.Wait(TimeSpan.FromSeconds(1));
            foreach (PeerMessage.GetAddresses _ in scene.Sent<PeerMessage.GetAddresses>(bob))
            {
                asked++;
                scene.Hear(bob, new PeerMessage.Addresses([]));
            }

            if (second % 20 == 0)
            {
                scene.Hear(bob, new PeerMessage.Consensus(new byte[1]));
            }
        }

        Assert.InRange(asked, 8, 20);
    }

    [Fact]
    public void Book_FilledByManyPeers_StaysBoundedAndKeepsTheBootstrap()
    {
        PeerOptions peers = new() { MaxAddresses = 100, MaxAddressesFromPeer = 50, OutboundSlots = 0 };
        Scene scene = new Scene(Chains.Options with { Peers = peers }).Start(Many[0]);
        for (int i = 0; i < 1000; i++)
        {
            ConnectionId peer = scene.Connect($"m{i}");
            scene.Hear(peer, Scene.Hello($"m{i}") with { ListenAddress = Chains.Address($"evil-{i}.example") });
            scene.Tell(new GossipInput.Disconnected(peer, "reset"));
        }

        Assert.Equal(100, scene.Machine.Held.Addresses);
    }
}
