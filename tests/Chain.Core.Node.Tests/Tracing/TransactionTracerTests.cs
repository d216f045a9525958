using Chain.Core.Crypto;
using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Node.Tests.Tracing;

public sealed class TransactionTracerTests : IDisposable
{
    private static readonly ChainDefinition Chain = TestNodes.CreateChain();
    private static readonly PeerId Self = new(Sha256.Hash("self"u8));
    private static readonly PeerConnection Peer = new(
        new ConnectionId(1), new PeerId(Sha256.Hash("peer"u8)), ConnectionDirection.Inbound, PeerAddress.From(System.Net.IPAddress.Loopback, 1));

    private readonly TransactionTracer _tracer = new(new TraceSample(TraceSample.Whole), Self, TimeProvider.System);
    private readonly Transaction _transaction = TestNodes.Pay(Chain, 0, amount: 78);
    private readonly SpanLog _log;

    public TransactionTracerTests() => _log = new SpanLog(_transaction.Id);

    [Fact]
    public void HeadMoved_BlockIsUndoneAndDoneAgain_SaysSoAndOnlyTheLastBecomesFinal()
    {
        Block undone = BlockAt(1, TimeProvider.System.GetUtcNow());
        Block done = BlockAt(2, TimeProvider.System.GetUtcNow());

        _tracer.OnEvent(new NodeEvent.HeadMoved(undone.Header, [], [undone]));
        _tracer.OnEvent(new NodeEvent.HeadMoved(done.Header, [undone], [done]));
        _tracer.OnFinalized(new BlockHeight(1));
        Assert.Null(_log.Find("finalize"));
        _tracer.OnFinalized(new BlockHeight(2));
        _tracer.OnFinalized(new BlockHeight(3));

        Assert.Equal(["transaction apply", "transaction undo", "transaction apply", "transaction finalize"], _log.Spans.Select(static span => span.OperationName));
        Assert.Equal($"0x{done.Id.Value}", _log.Find("finalize")!.GetTagItem("chain.block.id"));
    }

    [Fact]
    public void HeadMoved_BlocksOfANodeThatCatchesUp_AreNotTold()
    {
        Block old = BlockAt(1, TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1));

        _tracer.OnEvent(new NodeEvent.BlockStored(old, []));
        _tracer.OnEvent(new NodeEvent.HeadMoved(old.Header, [], [old]));
        _tracer.OnFinalized(new BlockHeight(1));

        Assert.Empty(_log.Spans);
    }

    [Fact]
    public void Received_AgainAndAgain_IsToldSoManyTimes()
    {
        _tracer.OnEvent(new NodeEvent.Peers(new GossipEvent.PeerReady(Peer, null!, 1)));
        for (int i = 0; i < 1000; i++)
        {
            _tracer.OnHandled(new HostInput.Received(Peer.Id, new PeerMessage.Transactions([_transaction])));
            _tracer.OnSending(Peer.Id, new PeerMessage.AnnounceTransactions([_transaction.Id]));
        }

        Assert.InRange(_log.Spans.Count, 2, 129);
    }

    [Fact]
    public void Announced_TransactionThatIsNotHere_IsNotTold()
    {
        _tracer.OnEvent(new NodeEvent.Peers(new GossipEvent.PeerReady(Peer, null!, 1)));
        _tracer.OnHandled(new HostInput.Received(Peer.Id, new PeerMessage.AnnounceTransactions([_transaction.Id])));
        _tracer.OnEvent(new NodeEvent.TransactionRefused(_transaction.Id, "BadSignature"));

        Assert.Empty(_log.Spans);
    }

    [Fact]
    public void Refused_TransactionOfAPeer_IsAnErrorWithTheReason()
    {
        _tracer.OnEvent(new NodeEvent.Peers(new GossipEvent.PeerReady(Peer, null!, 1)));
        _tracer.OnHandled(new HostInput.Received(Peer.Id, new PeerMessage.Transactions([_transaction])));
        _tracer.OnEvent(new NodeEvent.TransactionRefused(_transaction.Id, "BadSignature"));

        Assert.Equal("BadSignature", _log.Find("refuse")!.GetTagItem("chain.refusal"));
        Assert.Equal(_log.Find("receive", Self, Peer.Peer)!.SpanId, _log.Find("refuse")!.ParentSpanId);
    }

    [Fact]
    public void Holds_MoreOfAMillion_AreAllOfFewerAndMore()
    {
        TransactionId[] ids = [.. Enumerable.Range(0, 20_000).Select(static i => new TransactionId(Sha256.Hash(BitConverter.GetBytes(i))))];
        int[] shares = [0, 1_000, 100_000, 500_000, TraceSample.Whole];
        HashSet<TransactionId>[] held = [.. shares.Select(share => ids.Where(new TraceSample(share).Holds).ToHashSet())];

        Assert.Empty(held[0]);
        Assert.Equal(ids.Length, held[^1].Count);
        for (int i = 1; i < shares.Length; i++)
        {
            Assert.True(held[i].IsSupersetOf(held[i - 1]));
            Assert.InRange(held[i].Count, 0.8 * ids.Length * shares[i] / TraceSample.Whole - 10, (1.2 * ids.Length * shares[i] / TraceSample.Whole) + 10);
        }
    }

    public void Dispose()
    {
        _tracer.Dispose();
        _log.Dispose();
    }

    private Block BlockAt(ulong height, DateTimeOffset made) => Block.Create(
        BlockHeader.Create(
            new HeaderFields(
                BlockHeader.CurrentVersion, new BlockHeight(height), Chain.GenesisId, new UnixTime((ulong)made.ToUnixTimeMilliseconds()), Block.RootOf([_transaction]), default, default),
            []),
        [_transaction]);
}
