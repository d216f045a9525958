using System.Net;
using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests;

/// <summary>Where blocks come from that a peer asks for.</summary>
public sealed class ServedBlocksTests : IDisposable
{
    private static readonly ConnectionId Asker = new(1);

    private readonly MemoryStore _store = new();
    private readonly NodeHost _host;

    public ServedBlocksTests()
    {
        _host = new NodeHost(new ScriptedConsensus(), _store);
        _host.SealBlocks(100);
        BlockId genesis = _host.Definition.GenesisId;
        _host.Tell(new HostInput.Connected(
            new PeerConnection(Asker, DevFixture.PeerOf(2), ConnectionDirection.Inbound, PeerAddress.From(IPAddress.Loopback, 7000))));
        _host.Tell(new HostInput.Received(
            Asker, new PeerMessage.Hello(_host.Definition.Network, genesis, 1, 1, PeerCapabilities.None, "asker", null, genesis, BlockHeight.Genesis)));
        _host.Jobs.Clear();
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void RequestBlocks_NewOnes_AreServedWithoutAJob()
    {
        Assert.Equal([99UL, 100], Request(99, 100));
        Assert.Empty(_host.Jobs);
    }

    [Fact]
    public void RequestBlocks_OneThatIsNotInMemory_IsLoaded()
    {
        Assert.Equal([100UL, 1], Request(100, 1));
        Assert.IsType<LoadBlocksJob>(Assert.Single(_host.Jobs));
    }

    [Fact]
    public void RequestBlocks_MoreThanABatch_GoOutAtOnceOnlyUpToTheFirst()
    {
        ulong[] heights = [.. Enumerable.Range(61, 40).Select(static height => (ulong)height)];

        Assert.Equal(heights, Request(heights));
        Assert.NotEmpty(_host.Jobs);
        Assert.All(_host.Jobs, static job => Assert.IsType<LoadBlocksJob>(job));
    }

    private ulong[] Request(params ulong[] heights)
    {
        BlockId[] ids = [.. heights.Select(height => _host.Node.Tree.Head.AncestorAt(new BlockHeight(height))!.Id)];
        _host.Sent.Clear();
        _host.Tell(new HostInput.Received(Asker, new PeerMessage.RequestBlocks(ids)));
        return [.. _host.Sent.OfType<PeerMessage.DeliverBlock>().Select(static delivered => delivered.Block.Height.Value)];
    }
}
