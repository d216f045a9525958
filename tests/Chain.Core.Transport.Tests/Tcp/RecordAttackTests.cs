using System.Buffers.Binary;
using System.Diagnostics;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Transport.Tests.Tcp;

/// <summary>Hostile peers after the handshake, and peers that do nothing.</summary>
public sealed class RecordAttackTests
{
    private const byte Lane = 0;

    [Theory]
    [InlineData(MessageKind.Hello, 1025u)]
    [InlineData(MessageKind.Ping, 0u)]
    [InlineData(MessageKind.DeliverBlock, 5u * 1024 * 1024)]
    [InlineData(MessageKind.Consensus, 1u << 31)]
    [InlineData(MessageKind.Transactions, uint.MaxValue)]
    [Trait("Fault", "1")]
    public async Task Receive_LengthThatLies_IsCutBeforeTheBody(MessageKind kind, uint length)
    {
        (Host bob, RawPeer mallory) = await PairAsync();
        await using Host host = bob;
        using RawPeer peer = mallory;
        var header = new byte[6];
        header[0] = Lane;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(1), length);
        header[5] = (byte)kind;

        long began = Stopwatch.GetTimestamp();
        await mallory.SendRecordAsync(header);
        await mallory.CutAsync();

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1));
        Assert.Contains($"{kind} of {length} bytes", (await bob.NextAsync<HostInput.Disconnected>()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 127 }, "unknown kind 127")]
    [InlineData(new byte[] { 0, 0, 1, 0, 1, 200 }, "65537 bytes")]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 0 }, "unknown kind 0")]
    [InlineData(new byte[] { 4, 0, 0, 0, 1, 5 }, "unknown lane")]
    [InlineData(new byte[] { }, "unknown lane")]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 3, 0xc0 }, "malformed Ping")]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 3 }, "malformed Ping")]
    [InlineData(new byte[] { 0, 0, 0, 0, 4, 3, 0x91, 1, 1 }, "malformed Ping: TrailingBytes")]
    public async Task Receive_MalformedPlaintext_IsCutWithTheReason(byte[] plaintext, string reason)
    {
        (Host bob, RawPeer mallory) = await PairAsync();
        await using Host host = bob;
        using RawPeer peer = mallory;

        await mallory.SendRecordAsync(plaintext);

        HostInput.Disconnected end = await bob.NextAsync<HostInput.Disconnected>();
        Assert.Contains(reason, end.Reason, StringComparison.Ordinal);
        Assert.True(end.BrokeProtocol);
        await mallory.CutAsync();
    }

    /// <summary>Row 8 of the list of faults: what a newer version may say to this one does not disturb the rest.</summary>
    [Fact]
    [Trait("Fault", "8")]
    public async Task Receive_OptionalKindsOfANewerVersion_AreSkipped()
    {
        (Host bob, RawPeer mallory) = await PairAsync();
        await using Host host = bob;
        using RawPeer peer = mallory;
        byte[] optional = [0, 0, 0, 3, 200, 1, 2];

        await mallory.SendRecordAsync([Lane, .. optional, .. optional, .. Frame.Encode(new PeerMessage.Ping(5)), .. optional[..6]]);
        await mallory.SendRecordAsync([Lane, .. optional[6..], .. Frame.Encode(new PeerMessage.Ping(6))]);

        Assert.Equal(5UL, (await bob.MessageAsync<PeerMessage.Ping>()).Nonce);
        Assert.Equal(6UL, (await bob.MessageAsync<PeerMessage.Ping>()).Nonce);
    }

    [Fact]
    public async Task Receive_NothingButOptionalKinds_IsCutAfterAMegabyte()
    {
        (Host bob, RawPeer mallory) = await PairAsync();
        await using Host host = bob;
        using RawPeer peer = mallory;
        byte[] optional = [0, 0, 0xF0, 0, 200, .. new byte[0xEFFF]];

        for (int i = 0; i < 18; i++)
        {
            await mallory.SendRecordAsync([Lane, .. optional]);
        }

        Assert.True((await bob.NextAsync<HostInput.Disconnected>()).BrokeProtocol);
    }

    [Fact]
    public async Task Receive_ValidMessagesBeforeAMalformedOne_ReachTheHost()
    {
        (Host bob, RawPeer mallory) = await PairAsync();
        await using Host host = bob;
        using RawPeer peer = mallory;

        await mallory.SendRecordAsync([Lane, .. Frame.Encode(new PeerMessage.Ping(5)), 0, 0, 0, 1, 99]);

        Assert.Equal(5UL, (await bob.MessageAsync<PeerMessage.Ping>()).Nonce);
        await bob.NextAsync<HostInput.Disconnected>();
    }

    [Fact]
    public async Task Receive_FlippedOrReplayedRecord_IsCut()
    {
        for (int attack = 0; attack < 3; attack++)
        {
            (Host bob, RawPeer mallory) = await PairAsync();
            await using Host host = bob;
            using RawPeer peer = mallory;
            byte[] record = mallory.Seal([Lane, .. Frame.Encode(new PeerMessage.Ping(5))]);
            byte[] flipped = [.. record];
            flipped[^1] ^= 1;

            await mallory.SendAsync(attack switch
            {
                0 => flipped,
                1 => [.. record, .. record],
                _ => [0, 3, 1, 2, 3],
            });

            HostInput.Disconnected end = await bob.UntilAsync<HostInput.Disconnected>();
            Assert.Equal("a record is not authentic", end.Reason);
            Assert.False(end.BrokeProtocol); // whoever sits on the wire can do that
        }
    }

    [Fact]
    public async Task Receive_FramesSplitByteByByteOverRecordsAndLanes_ArriveWhole()
    {
        (Host bob, RawPeer mallory) = await PairAsync();
        await using Host host = bob;
        using RawPeer peer = mallory;
        byte[] ping = Frame.Encode(new PeerMessage.Ping(70_000));
        byte[] pong = Frame.Encode(new PeerMessage.Pong(80_000));
        for (int i = 0; i < ping.Length; i++)
        {
            await mallory.SendRecordAsync(1, ping[i]);
            await mallory.SendRecordAsync(2, pong[i]);
        }

        Assert.Equal(70_000UL, (await bob.MessageAsync<PeerMessage.Ping>()).Nonce);
        Assert.Equal(80_000UL, (await bob.MessageAsync<PeerMessage.Pong>()).Nonce);
    }

    [Fact]
    public async Task Receive_GoodbyeWithControlCharacters_IsShownWithoutThem()
    {
        (Host bob, RawPeer mallory) = await PairAsync();
        await using Host host = bob;
        using RawPeer peer = mallory;
        await mallory.SendRecordAsync([Lane, .. Frame.Encode(new PeerMessage.Goodbye("bye\n\u001b[2J"))]);
        Assert.Equal("goodbye: bye??[2J", (await bob.NextAsync<HostInput.Disconnected>()).Reason);
    }

    [Fact]
    public async Task Watch_SilentPeer_IsCut()
    {
        await using Host bob = Host.Tcp(2, new TransportOptions { IdleTimeout = TimeSpan.FromMilliseconds(100) });
        using RawPeer mallory = await RawPeer.SecureAsync(bob.Listen());
        await bob.ConnectedAsync();
        Assert.Contains("silent", (await bob.NextAsync<HostInput.Disconnected>()).Reason, StringComparison.Ordinal);
        await mallory.CutAsync();
    }

    [Fact]
    public async Task Watch_PeerThatDripsBytesOfARecord_IsSilent()
    {
        await using Host bob = Host.Tcp(2, new TransportOptions { IdleTimeout = TimeSpan.FromMilliseconds(100) });
        using RawPeer mallory = await RawPeer.SecureAsync(bob.Listen());
        await bob.ConnectedAsync();
        byte[] record = mallory.Seal(new byte[60_000]);
        Task<HostInput.Disconnected> end = bob.NextAsync<HostInput.Disconnected>();
        for (int i = 0; i < record.Length - 1 && !end.IsCompleted; i++)
        {
            await mallory.SendAsync(record[i]);
            await Task.Yield();
        }

        Assert.Contains("silent", (await end).Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Fault", "5")]
    public async Task Send_PeerThatTakesNoBytes_IsCut()
    {
        var options = new TransportOptions { SendTimeout = TimeSpan.FromMilliseconds(150), SendQueueBytes = 256 * 1024 * 1024 };
        await using Host bob = Host.Tcp(2, options);
        using RawPeer mallory = await RawPeer.SecureAsync(bob.Listen());
        PeerConnection connection = await bob.ConnectedAsync();

        // More than the system's buffers of both sockets hold.
        var message = new PeerMessage.Consensus(new byte[WireLimits.ConsensusBytes]);
        for (int i = 0; i < 320; i++)
        {
            bob.Transport.Send(connection.Id, message);
        }

        Assert.Contains("took no bytes", (await bob.NextAsync<HostInput.Disconnected>()).Reason, StringComparison.Ordinal);

        // On Linux little leaves the lanes before the wire takes it; elsewhere the system's buffers decide.
        long most = OperatingSystem.IsLinux() ? 2L * 1024 * 1024 : (320L * WireLimits.ConsensusBytes) - 1;
        Assert.InRange(bob.Statistics.BytesSent, 1, most);
    }

    [Fact]
    [Trait("Fault", "5")]
    public async Task Send_PeerThatDoesNotRead_LeavesNoMoreThanTheLimitWaiting()
    {
        const int Limit = 1024 * 1024;
        await using Host bob = Host.Tcp(2);
        using RawPeer mallory = await RawPeer.SecureAsync(bob.Listen());
        PeerConnection connection = await bob.ConnectedAsync();
        var message = new PeerMessage.Consensus(new byte[32 * 1024]);
        long handed = 0;
        while (bob.HasNothingBut<HostInput.Drained>() && handed < 64L * Limit)
        {
            bob.Transport.Send(connection.Id, message);
            handed += 32 * 1024;
        }

        Assert.Contains("1048576 bytes wait", (await bob.NextAsync<HostInput.Disconnected>()).Reason, StringComparison.Ordinal);
        Assert.Equal(0, bob.Statistics.Connections);
    }

    [Fact]
    public async Task Close_PeerThatNeverCloses_IsCutWhenTheTimeIsUp()
    {
        await using Host bob = Host.Tcp(2, new TransportOptions { CloseTimeout = TimeSpan.FromMilliseconds(100) });
        using RawPeer mallory = await RawPeer.SecureAsync(bob.Listen());
        PeerConnection connection = await bob.ConnectedAsync();

        bob.Transport.Close(connection.Id, "go away");

        await bob.UntilAsync(statistics => statistics.Connections == 0);
        Assert.True(bob.HasNothing());
    }

    private static async Task<(Host Bob, RawPeer Mallory)> PairAsync()
    {
        Host bob = Host.Tcp(2);
        RawPeer mallory = await RawPeer.SecureAsync(bob.Listen());
        await bob.ConnectedAsync();
        return (bob, mallory);
    }
}
