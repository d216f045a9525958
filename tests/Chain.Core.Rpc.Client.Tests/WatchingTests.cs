using Chain.Core.Rpc.Tests;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client.Tests;

/// <summary>Transactions and events that are followed over real sockets, broken ones among them.</summary>
public sealed class WatchingTests
{
    [Fact]
    public async Task SubmitAndWatch_ReorganisedTransaction_IsToldOfEachStage()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        await using IAsyncEnumerator<TransactionProgress> stages = Watch(served.Client, TestChain.Pay(served.Node.Chain, 0));

        Assert.Equal("Pending", await NextAsync(stages));
        await served.Node.SealAsync();
        Assert.Equal("InBlock #1", await NextAsync(stages));
        Assert.True(stages.Current.Receipt!.IsApplied);
        await using ChainNode other = await TestChain.ReorganiseAsync(served.Node, await TestChain.BranchAsync(2));
        Assert.Equal("Reorged #1", await NextAsync(stages));
        Assert.Equal("Pending", await NextAsync(stages));
        await served.Node.SealAsync();
        Assert.Equal("InBlock #3", await NextAsync(stages));
    }

    [Fact]
    public async Task SubmitAndWatch_BlockHasItBeforeTheFirstLook_TellsTheStagesInTheirOrder()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        Transaction transaction = TestChain.Pay(served.Node.Chain, 0);
        await served.Client.SubmitAsync(transaction);
        await served.Node.SealAsync();
        await using IAsyncEnumerator<TransactionProgress> stages = Watch(served.Client, transaction);

        Assert.Equal("Pending", await NextAsync(stages));
        Assert.Equal("InBlock #1", await NextAsync(stages));
    }

    [Fact]
    public async Task SubmitAndWatch_ChainWithFinality_EndsWithFinalized()
    {
        await using Served served = await Served.StartAsync(StakeChain.StartAsync());
        var told = new List<TransactionStage>();

        await foreach (TransactionProgress progress in served.Client.SubmitAndWatchAsync(TestChain.Pay(served.Node.Chain, 0)).WithCancellation(Patience()))
        {
            told.Add(progress.Stage);
        }

        Assert.Equal(TransactionStage.Finalized, told[^1]);
        Assert.True(told.SequenceEqual(told.Order()), string.Join(", ", told));
    }

    [Fact]
    public async Task SubmitAndWatch_ConnectionBreaks_GoesOnWithoutRepeating()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        await using var relay = new BreakableRelay(served.Server.Url);
        using var client = new RpcClient(relay.Url, Served.Quick);
        await using IAsyncEnumerator<TransactionProgress> stages = Watch(client, TestChain.Pay(served.Node.Chain, 0));

        Assert.Equal("Pending", await NextAsync(stages));
        relay.BreakAll();
        await served.Node.SealAsync();
        Assert.Equal("InBlock #1", await NextAsync(stages));
        relay.BreakAll();
        await using ChainNode other = await TestChain.ReorganiseAsync(served.Node, await TestChain.BranchAsync(2));
        await served.Node.SealAsync();
        Assert.Equal("Reorged #1", await NextAsync(stages));
    }

    [Fact]
    public async Task SubmitAndWatch_RefusedTransaction_ThrowsItsCode()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            () => served.Client.SubmitAndWaitAsync(TestChain.Pay(served.Node.Chain, 0, validUntil: 0)));

        Assert.Equal("CC4104", refused.Code);
        Assert.Equal("Sign again with a later validUntil.", refused.Hint);
    }

    [Fact]
    public async Task SubmitAndWait_SameTransactionTwice_WaitsForTheOne()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        Transaction transaction = TestChain.Pay(served.Node.Chain, 0);
        await served.Client.SubmitAsync(transaction);
        Task<TransactionProgress> again = served.Client.SubmitAndWaitAsync(transaction);

        await served.Node.SealAsync();

        Assert.Equal(TransactionStage.InBlock, (await again.WaitAsync(Waits.Patience)).Stage);
    }

    [Fact]
    public async Task Follow_ConnectionBreaksAgainAndAgain_LosesAndRepeatsNothing()
    {
        const int Blocks = 30;
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        await using var relay = new BreakableRelay(served.Server.Url);
        using var client = new RpcClient(relay.Url, Served.Quick);
        await using IAsyncEnumerator<ChainEvent> events = client.FollowAsync("genesis").GetAsyncEnumerator(Patience());
        var told = new List<string>();
        for (int i = 0; i < Blocks; i++)
        {
            await served.Node.SealAsync();
            if (i % 5 == 3)
            {
                relay.BreakAll();
            }

            Assert.True(await events.MoveNextAsync());
            told.Add(events.Current.ToString());
        }

        Assert.Equal(Enumerable.Range(1, Blocks).Select(height => $"Added #{height}"), told);
        Assert.True(relay.Accepted > 3, $"{relay.Accepted} connections");
    }

    [Fact]
    public async Task Follow_BreaksBeforeTheFirstEvent_StillHearsOfIt()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        await using var relay = new BreakableRelay(served.Server.Url);
        using var client = new RpcClient(relay.Url, Served.Quick);
        await using IAsyncEnumerator<ChainEvent> events = client.FollowAsync().GetAsyncEnumerator(Patience());
        Task<bool> first = events.MoveNextAsync().AsTask();
        await Waits.UntilAsync(() => relay.SentToClients > 0);
        relay.BreakAll();
        await served.Node.SealAsync();

        Assert.True(await first.WaitAsync(Waits.Patience));
        Assert.Equal("Added #1", events.Current.ToString());
    }

    [Fact]
    public async Task Follow_ServerIsNotThere_ThrowsAtOnce()
    {
        using var client = new RpcClient(new Uri("http://127.0.0.1:1"));

        await Assert.ThrowsAsync<HttpRequestException>(async () => await client.FollowAsync().GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task Follow_CursorOfAnotherChain_ThrowsItsCode()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            async () => await served.Client.FollowAsync($"0-0-1-{new string('1', 64)}-0").GetAsyncEnumerator().MoveNextAsync());

        Assert.Equal("CC4025", refused.Code);
    }

    private static CancellationToken Patience() => new CancellationTokenSource(Waits.Patience).Token;

    private static IAsyncEnumerator<TransactionProgress> Watch(RpcClient client, Transaction transaction) =>
        client.SubmitAndWatchAsync(transaction).GetAsyncEnumerator(Patience());

    private static async Task<string> NextAsync(IAsyncEnumerator<TransactionProgress> stages)
    {
        Assert.True(await stages.MoveNextAsync());
        return stages.Current.ToString();
    }
}
