using Chain.Core.Wire;

namespace Chain.Core.Transport.Tests.Framing;

public sealed class SendQueueTests
{
    private const int Limit = 1000;

    [Fact]
    public void Take_SeveralLanes_MostUrgentFirst()
    {
        var queue = new SendQueue(Limit);
        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Bulk, new byte[] { 4 }));
        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Transactions, new byte[] { 3 }));
        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Urgent, new byte[] { 1 }));
        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Blocks, new byte[] { 2 }));

        for (byte expected = 1; expected <= 4; expected++)
        {
            var taken = new byte[10];
            Assert.Equal(1, queue.Take(taken, out MessageLane lane));
            Assert.Equal((expected, expected - 1), (taken[0], (int)lane));
        }

        Assert.Equal(0, queue.Take(new byte[10], out _));
    }

    [Fact]
    public void Take_ManySmallFrames_AreCoalesced()
    {
        var queue = new SendQueue(Limit);
        for (byte i = 0; i < 100; i++)
        {
            Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Urgent, new[] { i, i }));
        }

        var taken = new byte[500];
        Assert.Equal(200, queue.Take(taken, out _));
        Assert.Equal(99, taken[199]);
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public void Take_UrgentFrameInTheMiddleOfALargeOne_GoesFirstAndTheRestFollows()
    {
        var queue = new SendQueue(Limit);
        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Blocks, new byte[] { 1, 2, 3, 4, 5 }));
        var taken = new byte[2];
        Assert.Equal(2, queue.Take(taken, out MessageLane lane));
        Assert.Equal(MessageLane.Blocks, lane);

        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Urgent, new byte[] { 9 }));
        Assert.Equal(1, queue.Take(taken, out lane));
        Assert.Equal(((byte)9, MessageLane.Urgent), (taken[0], lane));

        var rest = new byte[10];
        Assert.Equal(3, queue.Take(rest, out lane));
        Assert.Equal([3, 4, 5], rest[..3]);
        Assert.Equal(MessageLane.Blocks, lane);
    }

    [Fact]
    public void TryEnqueue_AtTheLimit_IsRefusedUntilSomethingIsTaken()
    {
        var queue = new SendQueue(Limit);
        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Bulk, new byte[Limit - 1]));
        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Blocks, new byte[5 * Limit])); // one large block still fits
        Assert.Equal(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Urgent, new byte[1]));
        Assert.Equal((6 * Limit) - 1, queue.Waiting);

        queue.Take(new byte[5 * Limit], out _);
        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Urgent, new byte[1]));
    }

    [Fact]
    public void TryEnqueue_AQuarterOfTheLimit_CongestsOnceUntilTheQueueIsDrained()
    {
        var queue = new SendQueue(Limit);
        Assert.Equal(EnqueueResult.Waits, queue.TryEnqueue(MessageLane.Bulk, new byte[249]));
        Assert.Equal(EnqueueResult.Congested, queue.TryEnqueue(MessageLane.Bulk, new byte[1]));
        Assert.Equal(EnqueueResult.Waits, queue.TryEnqueue(MessageLane.Bulk, new byte[100]));

        queue.Take(new byte[280], out _);
        Assert.False(queue.TakeDrained()); // 70 bytes wait, a sixteenth is 62
        queue.Take(new byte[8], out _);
        Assert.True(queue.TakeDrained());
        Assert.False(queue.TakeDrained());
        Assert.Equal(EnqueueResult.Congested, queue.TryEnqueue(MessageLane.Bulk, new byte[250]));
    }

    [Fact]
    public async Task WaitAsync_CompletedQueue_IsDrainedFirst()
    {
        var queue = new SendQueue(Limit);
        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Bulk, new byte[1]));
        queue.Complete();
        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Bulk, new byte[1])); // swallowed

        Assert.True(await queue.WaitAsync(CancellationToken.None));
        Assert.Equal(1, queue.Take(new byte[10], out _));
        Assert.False(await queue.WaitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task WaitAsync_EmptyQueue_WakesForAFrame()
    {
        var queue = new SendQueue(Limit);
        ValueTask<bool> waiting = queue.WaitAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        Assert.NotEqual(EnqueueResult.Refused, queue.TryEnqueue(MessageLane.Bulk, new byte[1]));
        Assert.True(await waiting);
    }

    [Fact]
    public async Task WaitAsync_Cancelled_Throws()
    {
        var queue = new SendQueue(Limit);
        using var cancelled = new CancellationTokenSource();
        ValueTask<bool> waiting = queue.WaitAsync(cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
    }
}
