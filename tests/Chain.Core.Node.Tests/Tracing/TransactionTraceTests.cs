using System.Diagnostics;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Node.Tests.Tracing;

public sealed class TransactionTraceTests
{
    [Fact]
    public async Task Trace_SubmittedToANodeTwoHopsFromTheValidator_IsOneFromSubmissionToFinalityOnAllThree()
    {
        ChainDefinition chain = StakeNodes.CreateChain();
        await using ChainNode middle = await StakeNodes.FollowAsync(chain);
        await using ChainNode first = await StakeNodes.FollowAsync(chain, middle);
        await using ChainNode validator = await StakeNodes.ValidateAsync(chain, middle);
        await TestNodes.PollAsync(() => middle.PeerCount == 2);
        Transaction transaction = TestNodes.Pay(chain, 0);
        using var log = new SpanLog(transaction.Id);

        await first.SubmitAsync(transaction);
        PeerId[] nodes = [first.Peer, middle.Peer, validator.Peer];
        await TestNodes.PollAsync(() => nodes.All(node => log.Find("finalize", node) is not null));

        Assert.Equal((1, 1), (first.PeerCount, validator.PeerCount));
        Assert.All(log.Spans, span => Assert.Equal(transaction.Id.Value.ToString()[..32], span.TraceId.ToHexString()));
        Assert.Equal(nodes.Select(static node => $"0x{node.PublicKey}").Order(), log.Spans.Select(SpanLog.NodeOf).Distinct().Order());
        AssertInOrder(
        [
            log.Find("submit", first.Peer), log.Find("admit", first.Peer), log.Find("send", first.Peer, middle.Peer),
            log.Find("receive", middle.Peer, first.Peer), log.Find("admit", middle.Peer), log.Find("send", middle.Peer, validator.Peer),
            log.Find("receive", validator.Peer, middle.Peer), log.Find("admit", validator.Peer), log.Find("include", validator.Peer),
            log.Find("include", middle.Peer), log.Find("include", first.Peer), log.Find("apply", first.Peer), log.Find("finalize", first.Peer),
        ]);
        foreach (PeerId node in nodes)
        {
            string begin = node == first.Peer ? "submit" : "receive";
            AssertEachBelowTheOneBefore([.. new[] { begin, "admit", "include", "apply", "finalize" }.Select(stage => log.Find(stage, node)!)]);
            Assert.Null(log.Find(node == first.Peer ? "receive" : "submit", node));
        }

        Activity included = log.Find("include", middle.Peer)!;
        Assert.Equal(included.GetTagItem("chain.block.id"), log.Find("include", validator.Peer)!.GetTagItem("chain.block.id"));
        Assert.True((long)included.GetTagItem("chain.block.height")! > 0);
    }

    [Fact]
    public async Task Trace_NodeThatTracesNothing_WritesNoSpan()
    {
        ChainDefinition chain = TestNodes.CreateChain();
        await using ChainNode node = await TestNodes.StartAsync(chain, seals: true);
        Transaction transaction = TestNodes.Pay(chain, 0, amount: 77);
        using var log = new SpanLog(transaction.Id);

        await node.SubmitAndWaitAsync(transaction);

        Assert.Empty(log.Spans);
        Assert.Equal(default, node.TraceOf(transaction.Id));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public async Task Start_MoreThanAllTraced_Throws(int perMillion) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = TestNodes.CreateChain(),
            Store = new Chain.Core.Storage.MemoryStore(),
            TracedPerMillion = perMillion,
        }));

    private static void AssertInOrder(Activity?[] spans)
    {
        Assert.All(spans, Assert.NotNull);
        DateTime[] ends = [.. spans.Select(static span => span!.StartTimeUtc + span.Duration)];
        Assert.True(ends.Order().SequenceEqual(ends), string.Join('\n', spans.Select(static (span, i) => $"{span!.StartTimeUtc + span.Duration:O} {span.OperationName}")));
    }

    private static void AssertEachBelowTheOneBefore(Activity[] stages)
    {
        Assert.Equal(default, stages[0].ParentSpanId);
        for (int i = 1; i < stages.Length; i++)
        {
            Assert.Equal(stages[i - 1].SpanId, stages[i].ParentSpanId);
        }
    }
}
