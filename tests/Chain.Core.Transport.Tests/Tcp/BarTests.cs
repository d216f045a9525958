using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Transport.Tests.Tcp;

/// <summary>Peers that a transport has nothing to do with.</summary>
public sealed class BarTests
{
    [Fact]
    public async Task Bar_AConnectedPeer_CutsItOnBothSides()
    {
        await using Host alice = Host.Tcp(1);
        await using Host bob = Host.Tcp(2);
        PeerAddress address = bob.Listen();
        alice.Transport.Dial(address);
        await alice.ConnectedAsync();
        await bob.ConnectedAsync();

        ((TcpTransport)bob.Transport).Bar([alice.Transport.LocalPeer]);

        await bob.NextAsync<HostInput.Disconnected>();
        await alice.NextAsync<HostInput.Disconnected>();
    }

    [Fact]
    public async Task Bar_WhoeverDials_TheHandshakeIsTheEndUntilAllAreLetInAgain()
    {
        await using Host alice = Host.Tcp(1);
        await using Host bob = Host.Tcp(2);
        await using Host carol = Host.Tcp(3);
        (PeerAddress toAlice, PeerAddress toBob) = (alice.Listen(), bob.Listen());
        var barring = (TcpTransport)bob.Transport;
        barring.Bar([alice.Transport.LocalPeer]);

        bob.Transport.Dial(toAlice);
        Assert.Equal(toAlice, (await bob.NextAsync<HostInput.DialFailed>()).Address);
        carol.Transport.Dial(toBob);
        Assert.Equal(bob.Transport.LocalPeer, (await carol.ConnectedAsync()).Peer);

        barring.Bar([]);
        bob.Transport.Dial(toAlice);
        Assert.Equal(carol.Transport.LocalPeer, (await bob.ConnectedAsync()).Peer); // of the two, who came first
        Assert.Equal(alice.Transport.LocalPeer, (await bob.ConnectedAsync()).Peer);
    }
}
