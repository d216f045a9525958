using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Transport.Tests;

/// <summary>What every implementation of <see cref="ITransport"/> does.</summary>
public abstract class TransportContract
{
    private protected abstract Host Make(byte seed, TransportOptions? options = null, int capacity = 1024);

    [Fact]
    public async Task Dial_ListeningPeer_BothAreToldWhoTheOtherIs()
    {
        await using Host alice = Make(1);
        await using Host bob = Make(2);
        PeerAddress address = bob.Listen();

        alice.Transport.Dial(address);
        PeerConnection outbound = await alice.ConnectedAsync();
        PeerConnection inbound = await bob.ConnectedAsync();

        Assert.Equal(bob.Transport.LocalPeer, outbound.Peer);
        Assert.Equal(alice.Transport.LocalPeer, inbound.Peer);
        Assert.Equal((ConnectionDirection.Outbound, ConnectionDirection.Inbound), (outbound.Direction, inbound.Direction));
        Assert.Equal(address, outbound.Remote);
    }

    [Fact]
    public async Task Dial_NobodyListens_Fails()
    {
        await using Host alice = Make(1);
        PeerAddress address;
        await using (Host gone = Make(2))
        {
            address = gone.Listen();
        }

        alice.Transport.Dial(address);
        Assert.Equal(address, (await alice.NextAsync<HostInput.DialFailed>()).Address);
    }

    [Fact]
    public async Task Dial_Oneself_Fails()
    {
        await using Host alice = Make(1);
        PeerAddress address = alice.Listen();

        alice.Transport.Dial(address);
        Assert.Equal(address, (await alice.NextAsync<HostInput.DialFailed>()).Address);
        Assert.True(alice.HasNothing());
    }

    [Fact]
    public async Task Send_BothWays_ArrivesInOrder()
    {
        (Host alice, Host bob, ConnectionId toBob, ConnectionId toAlice) = await PairAsync();
        await using Host first = alice;
        await using Host second = bob;
        for (ulong i = 0; i < 300; i++)
        {
            alice.Transport.Send(toBob, new PeerMessage.Ping(i));
            bob.Transport.Send(toAlice, new PeerMessage.Pong(i));
        }

        for (ulong i = 0; i < 300; i++)
        {
            Assert.Equal(i, (await bob.MessageAsync<PeerMessage.Ping>()).Nonce);
            Assert.Equal(i, (await alice.MessageAsync<PeerMessage.Pong>()).Nonce);
        }
    }

    [Fact]
    public async Task Send_MessageLargerThanARecord_ArrivesWhole()
    {
        (Host alice, Host bob, ConnectionId toBob, _) = await PairAsync();
        await using Host first = alice;
        await using Host second = bob;
        byte[] payload = [.. Enumerable.Range(0, WireLimits.ConsensusBytes).Select(i => (byte)(i % 251))];

        for (int i = 0; i < 5; i++)
        {
            alice.Transport.Send(toBob, new PeerMessage.Consensus(payload));
        }

        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(payload, (await bob.MessageAsync<PeerMessage.Consensus>()).Payload.ToArray());
        }
    }

    [Fact]
    public async Task Send_MessageOverItsLimit_IsACallersError()
    {
        (Host alice, Host bob, ConnectionId toBob, _) = await PairAsync();
        await using Host first = alice;
        await using Host second = bob;
        var tooLarge = new PeerMessage.Consensus(new byte[WireLimits.ConsensusBytes + 100]);
        Assert.Throws<ArgumentException>(() => alice.Transport.Send(toBob, tooLarge));
    }

    [Fact]
    public async Task Send_UnknownConnection_DoesNothing()
    {
        (Host alice, Host bob, ConnectionId toBob, _) = await PairAsync();
        await using Host first = alice;
        await using Host second = bob;
        alice.Transport.Send(new ConnectionId(999), new PeerMessage.Ping(1));
        alice.Transport.Close(new ConnectionId(999), "nobody");
        alice.Transport.Send(toBob, new PeerMessage.Ping(2));
        Assert.Equal(2UL, (await bob.MessageAsync<PeerMessage.Ping>()).Nonce);
    }

    [Fact]
    public async Task Close_WithMessagesQueued_SendsThemThenGoodbye()
    {
        (Host alice, Host bob, ConnectionId toBob, ConnectionId toAlice) = await PairAsync();
        await using Host first = alice;
        await using Host second = bob;
        for (ulong i = 0; i < 100; i++)
        {
            alice.Transport.Send(toBob, new PeerMessage.Ping(i));
        }

        alice.Transport.Close(toBob, "enough");
        alice.Transport.Send(toBob, new PeerMessage.Ping(100));
        for (ulong i = 0; i < 100; i++)
        {
            Assert.Equal(i, (await bob.MessageAsync<PeerMessage.Ping>()).Nonce);
        }

        HostInput.Disconnected end = await bob.NextAsync<HostInput.Disconnected>();
        Assert.Equal((toAlice, "goodbye: enough"), (end.Connection, end.Reason));
        Assert.True(alice.HasNothing()); // who closes is not told
    }

    [Fact]
    public async Task Dispose_WithOpenConnections_SaysGoodbye()
    {
        (Host alice, Host bob, _, ConnectionId toAlice) = await PairAsync();
        await using Host second = bob;
        await alice.DisposeAsync();
        Assert.Equal(toAlice, (await bob.NextAsync<HostInput.Disconnected>()).Connection);
        await alice.DisposeAsync();
    }

    [Fact]
    public async Task Send_PeerThatDoesNotRead_IsCutAtTheQueueLimit()
    {
        var options = new TransportOptions { SendQueueBytes = 64 * 1024, CloseTimeout = TimeSpan.FromMilliseconds(100) };
        await using Host alice = Make(1, options);
        await using Host bob = Make(2, options, capacity: 1);
        alice.Transport.Dial(bob.Listen());
        ConnectionId toBob = (await alice.ConnectedAsync()).Id;
        var message = new PeerMessage.Consensus(new byte[32 * 1024]);

        // Buffers of the system swallow some megabytes before the queue fills.
        int sent = 0;
        while (alice.HasNothingBut<HostInput.Drained>() && sent < 4096)
        {
            alice.Transport.Send(toBob, message);
            sent++;
            await Task.Yield();
        }

        Assert.Contains("wait to be sent", (await alice.NextAsync<HostInput.Disconnected>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Fault", "5")]
    public async Task Send_UntilMuchWaits_PausesAndGoesOnWhenDrained()
    {
        var options = new TransportOptions { SendQueueBytes = 256 * 1024 };
        await using Host alice = Make(1, options);
        await using Host bob = Make(2, options, capacity: 1);
        alice.Transport.Dial(bob.Listen());
        ConnectionId toBob = (await alice.ConnectedAsync()).Id;
        await bob.ConnectedAsync();
        var message = new PeerMessage.Consensus(new byte[16 * 1024]);

        // Four times what would cut the connection, at the pace of a host that reads slowly.
        int pauses = 0;
        int read = 0;
        for (int sent = 1; sent <= 4096; sent++)
        {
            if (!alice.Transport.Send(toBob, message))
            {
                pauses++;
                while (alice.HasNothing())
                {
                    await bob.MessageAsync<PeerMessage.Consensus>();
                    read++;
                }

                Assert.Equal(toBob, (await alice.NextAsync<HostInput.Drained>()).Connection);
            }
        }

        for (; read < 4096; read++)
        {
            await bob.MessageAsync<PeerMessage.Consensus>();
        }

        Assert.InRange(pauses, 1, 4096);
        Assert.True(alice.HasNothing());
    }

    [Fact]
    public async Task Receive_HostThatWaits_SlowsThePeerAndLosesNothing()
    {
        await using Host alice = Make(1);
        await using Host bob = Make(2, capacity: 1);
        alice.Transport.Dial(bob.Listen());
        ConnectionId toBob = (await alice.ConnectedAsync()).Id;
        await bob.ConnectedAsync();
        for (ulong i = 0; i < 200; i++)
        {
            alice.Transport.Send(toBob, new PeerMessage.Ping(i));
        }

        for (ulong i = 0; i < 200; i++)
        {
            Assert.Equal(i, (await bob.MessageAsync<PeerMessage.Ping>()).Nonce);
        }
    }

    private async Task<(Host Alice, Host Bob, ConnectionId ToBob, ConnectionId ToAlice)> PairAsync()
    {
        Host alice = Make(1);
        Host bob = Make(2);
        alice.Transport.Dial(bob.Listen());
        return (alice, bob, (await alice.ConnectedAsync()).Id, (await bob.ConnectedAsync()).Id);
    }
}
