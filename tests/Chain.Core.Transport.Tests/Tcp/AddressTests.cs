using System.Net;
using System.Net.Sockets;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Transport.Tests.Tcp;

public sealed class AddressTests
{
    [Fact]
    public async Task Listen_EveryAddress_TakesIPv4AndSaysSo()
    {
        await using Host alice = Host.Tcp(1);
        await using Host bob = Host.Tcp(2);
        IPAddress any = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        IPEndPoint bound = bob.Transport.Listen(new IPEndPoint(any, 0));

        alice.Transport.Dial(PeerAddress.From(IPAddress.Loopback, bound.Port));

        await alice.ConnectedAsync();
        Assert.Equal(PeerAddressKind.IPv4, (await bob.ConnectedAsync()).Remote.Kind);
    }

    [Fact]
    public async Task Dial_Name_IsResolved()
    {
        await using Host alice = Host.Tcp(1);
        await using Host bob = Host.Tcp(2);
        Assert.True(PeerAddress.TryCreate("localhost", bob.Listen().Port, out PeerAddress? address));

        alice.Transport.Dial(address);

        Assert.Equal(address, (await alice.ConnectedAsync()).Remote);
    }

    [Fact]
    public async Task Dial_NameThatDoesNotExist_Fails()
    {
        await using Host alice = Host.Tcp(1);
        Assert.True(PeerAddress.TryCreate("nobody.invalid", 7000, out PeerAddress? address));

        alice.Transport.Dial(address);

        await alice.NextAsync<HostInput.DialFailed>();
    }

    [Fact]
    public async Task Listen_AddressInUse_Throws()
    {
        await using Host alice = Host.Tcp(1);
        await using Host bob = Host.Tcp(2);
        PeerAddress taken = bob.Listen();
        Assert.Throws<SocketException>(() => alice.Transport.Listen(new IPEndPoint(IPAddress.Loopback, taken.Port)));
    }
}
