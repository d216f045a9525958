using Chain.Core.Machines;
using Chain.Core.Testing;
using Chain.Core.Wire;
using Xunit.Abstractions;

namespace Chain.Core.Transport.Tests.Tcp;

/// <summary>What peers can make us keep. Alone, because it measures the whole process.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const byte Lane = 0;

    [Fact]
    [Trait("Fault", "1")]
    public async Task Receive_ManyLyingLengthsWithinTheCaps_KeepNoMoreThanWasSent()
    {
        int count = LongRun.Count(100, 2000);
        await using Host bob = Host.Tcp(2, new TransportOptions { MaxConnections = count, MaxPendingHandshakes = count });
        PeerAddress address = bob.Listen();
        List<RawPeer> peers = [];
        for (int i = 0; i < count; i++)
        {
            peers.Add(await RawPeer.SecureAsync(address));
            await bob.ConnectedAsync();
        }

        // Each claims a whole block of 4 MB and then sends 100 bytes of it.
        long before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (RawPeer peer in peers)
        {
            byte[] lie = [1, 0, 0x40, 0, 0, (byte)MessageKind.DeliverBlock, .. new byte[100]];
            await peer.SendRecordAsync(lie);
        }

        await bob.UntilAsync(statistics => statistics.BytesReceived >= count * 124L);
        long perConnection = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;

        output.WriteLine($"{count} connections with a lying length keep {perConnection} bytes each");
        Assert.InRange(perConnection, long.MinValue, 64 * 1024);
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    [Trait("Fault", "5")]
    public async Task Idle_Connections_KeepLittleMemory()
    {
        int count = LongRun.Count(100, 1000);
        await using Host bob = Host.Tcp(2, new TransportOptions { MaxConnections = count, MaxPendingHandshakes = count });
        PeerAddress address = bob.Listen();
        using (RawPeer warm = await RawPeer.SecureAsync(address))
        {
            await bob.ConnectedAsync();
        }

        await bob.NextAsync<HostInput.Disconnected>();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        List<RawPeer> peers = [];
        for (int i = 0; i < count; i++)
        {
            RawPeer peer = await RawPeer.SecureAsync(address);
            PeerConnection connection = await bob.ConnectedAsync();
            bob.Transport.Send(connection.Id, new PeerMessage.Ping(1));
            await peer.SendRecordAsync([Lane, .. Frame.Encode(new PeerMessage.Pong(1))]);
            await bob.MessageAsync<PeerMessage.Pong>();
            peers.Add(peer);
        }

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        output.WriteLine($"{count} idle connections: {each} managed bytes each, the raw peer's own included");
        Assert.InRange(each, 0, 64 * 1024);
        peers.ForEach(peer => peer.Dispose());
    }
}
