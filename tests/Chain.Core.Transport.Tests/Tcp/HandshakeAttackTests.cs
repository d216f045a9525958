using System.Text;
using Chain.Core.Machines;
using Chain.Core.Testing;
using Chain.Core.Wire;

namespace Chain.Core.Transport.Tests.Tcp;

/// <summary>Hostile peers before and in the handshake.</summary>
[Trait("Fault", "5")]
public sealed class HandshakeAttackTests
{
    private static readonly TransportOptions Quick = new() { HandshakeTimeout = TimeSpan.FromMilliseconds(300) };

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\0\u0010abcdefghijklmnop")]
    [InlineData("\0\u0021aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("\0\0")]
    public async Task Accept_GarbageInsteadOfAHandshake_IsCutAtTheLengthWithoutAnAnswer(string garbage)
    {
        await using Host bob = Host.Tcp(2);
        using RawPeer mallory = await RawPeer.ConnectAsync(bob.Listen());

        await mallory.SendAsync(Encoding.Latin1.GetBytes(garbage));

        Assert.Null(await mallory.ReceiveAsync(1));
        await bob.EndedHandshakesAsync(1);
        Assert.True(bob.HasNothing());
    }

    [Fact]
    [Trait("Fault", "8")]
    public async Task Accept_ChainBytesBeforeTheHandshake_NeverReachTheHost()
    {
        await using Host bob = Host.Tcp(2);
        using RawPeer mallory = await RawPeer.ConnectAsync(bob.Listen());

        await mallory.SendAsync([0, 8, 0, .. Frame.Encode(new PeerMessage.Ping(1))]);

        Assert.Null(await mallory.ReceiveAsync(1));
        await bob.EndedHandshakesAsync(1);
        Assert.True(bob.HasNothing());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Accept_PeerThatStopsInTheHandshake_IsCutWhenTheTimeIsUp(int bytes)
    {
        await using Host bob = Host.Tcp(2, Quick);
        using RawPeer mallory = await RawPeer.ConnectAsync(bob.Listen());
        byte[] begun = [0, 32, .. new byte[32]];

        await mallory.SendAsync(begun[..bytes]);

        Assert.Null(await mallory.ReceiveAsync(1));
        await bob.EndedHandshakesAsync(1);
        Assert.True(bob.HasNothing());
    }

    [Fact]
    public async Task Dial_PeerThatNeverAnswers_FailsWhenTheTimeIsUp()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var endPoint = (System.Net.IPEndPoint)silent.LocalEndpoint;
        await using Host alice = Host.Tcp(1, Quick);

        alice.Transport.Dial(PeerAddress.From(endPoint.Address, endPoint.Port));

        await alice.NextAsync<HostInput.DialFailed>();
    }

    [Fact]
    public async Task Accept_BitsFlippedInTheHandshake_NeverConnects()
    {
        await using Host bob = Host.Tcp(2, Quick with { MaxPendingHandshakes = 1000 });
        PeerAddress address = bob.Listen();

        // One bit of every byte of both messages of the initiator, lengths included; the crypto tests flip every bit.
        int attempts = 0;
        foreach ((int message, int size) in new[] { (0, 34), (2, 66) })
        {
            for (int i = 0; i < size; i += LongRun.Count(3, 1))
            {
                int at = i;
                using RawPeer mallory = await RawPeer.ConnectAsync(address);
                await mallory.ShakeHandsAsync(7, (index, bytes) =>
                {
                    if (index == message)
                    {
                        bytes[at] ^= (byte)(1 << (at % 8));
                    }

                    return bytes;
                });
                attempts++;
            }
        }

        await bob.EndedHandshakesAsync(attempts);
        Assert.True(bob.HasNothing());
        Assert.Equal(0, bob.Statistics.Connections);
    }

    [Fact]
    public async Task Accept_ReplayedHandshake_NeverConnects()
    {
        await using Host bob = Host.Tcp(2);
        PeerAddress address = bob.Listen();
        List<byte[]> recorded = [];
        using (RawPeer alice = await RawPeer.ConnectAsync(address))
        {
            Assert.True(await alice.ShakeHandsAsync(7, (_, bytes) =>
            {
                recorded.Add(bytes);
                return bytes;
            }));
            await bob.ConnectedAsync();
        }

        await bob.NextAsync<HostInput.Disconnected>();
        using RawPeer mallory = await RawPeer.ConnectAsync(address);
        await mallory.SendAsync(recorded[0]);
        Assert.NotNull(await mallory.ReceiveAsync(98));
        await mallory.SendAsync(recorded[1]);

        Assert.Null(await mallory.ReceiveAsync(1));
        await bob.EndedHandshakesAsync(1);
        Assert.True(bob.HasNothing());
    }

    [Fact]
    public async Task Dial_OtherPrologue_Fails()
    {
        await using Host alice = Host.Tcp(1, new TransportOptions { Prologue = new byte[] { 1 } });
        await using Host bob = Host.Tcp(2, new TransportOptions { Prologue = new byte[] { 2 } });

        alice.Transport.Dial(bob.Listen());

        await alice.NextAsync<HostInput.DialFailed>();
        await bob.EndedHandshakesAsync(1);
        Assert.True(bob.HasNothing());
    }

    [Fact]
    public async Task Accept_MorePendingHandshakesThanAllowed_AreRefusedAtOnce()
    {
        await using Host bob = Host.Tcp(2, new TransportOptions { MaxPendingHandshakes = 2 });
        PeerAddress address = bob.Listen();
        using RawPeer first = await RawPeer.ConnectAsync(address);
        using RawPeer second = await RawPeer.ConnectAsync(address);
        await bob.UntilAsync(statistics => statistics.PendingHandshakes == 2);

        using RawPeer third = await RawPeer.ConnectAsync(address);

        Assert.Null(await third.ReceiveAsync(1));
        Assert.Equal(1, bob.Statistics.RefusedConnections);
        Assert.True(await first.ShakeHandsAsync(7));
        await bob.ConnectedAsync();
    }

    [Fact]
    public async Task Accept_MoreConnectionsThanAllowed_AreRefusedAtOnce()
    {
        await using Host bob = Host.Tcp(2, new TransportOptions { MaxConnections = 1 });
        PeerAddress address = bob.Listen();
        using RawPeer first = await RawPeer.SecureAsync(address);
        await bob.ConnectedAsync();

        using RawPeer second = await RawPeer.ConnectAsync(address);

        Assert.Null(await second.ReceiveAsync(1));
        Assert.True(bob.HasNothing());
    }
}
