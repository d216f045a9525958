using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Tests.Hosting;

/// <summary>JSON-RPC over a WebSocket: calls, subscriptions and their ends.</summary>
public sealed class WebSocketTests
{
    [Fact]
    public async Task Socket_CallsBatchesAndNotifications_AreAnsweredInOrder()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await using RpcSocket socket = await RpcSocket.ConnectAsync(served.Server.Url);

        await socket.SendAsync("""{"jsonrpc":"2.0","method":"chain_v1_head"}""");
        await socket.SendAsync("""[{"jsonrpc":"2.0","method":"chain_v1_head","id":1},{"jsonrpc":"2.0","method":"chain_v1_head","id":2}]""");
        await socket.SendAsync("{");
        await socket.SendAsync("""{"jsonrpc":"2.0","method":"chain_v1_head","id":3}""");

        Assert.Equal(2, (await socket.NextAsync()).AsArray().Count);
        Assert.Equal(-32700, (int)(await socket.NextAsync())["error"]!["code"]!);
        Assert.Equal(3, (int)(await socket.NextAsync())["id"]!);
    }

    [Fact]
    public async Task Follow_ReorganisationAndUnfollow_AreToldAndEnd()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await using RpcSocket socket = await RpcSocket.ConnectAsync(served.Server.Url);
        string name = (string)(await socket.CallAsync("chain_v1_follow"))["result"]!["subscription"]!;
        await served.Node.SealAsync();
        await using ChainNode other = await TestChain.ReorganiseAsync(served.Node, await TestChain.BranchAsync(2));

        var told = new List<string>();
        for (int i = 0; i < 4; i++)
        {
            JsonNode notification = await socket.NextAsync();
            Assert.Equal("chain_v1_event", (string)notification["method"]!);
            Assert.Equal(name, (string)notification["params"]!["subscription"]!);
            told.Add(EventStream.Describe(notification["params"]!["event"]!));
        }

        Assert.Equal(["added 0x1", "removed 0x1", "added 0x1", "added 0x2"], told);
        Assert.NotNull((await socket.CallAsync("chain_v1_unfollow", $"""["{name}"]"""))["result"]);
        await served.Node.SealAsync();
        Assert.Equal("CC4018", (string)(await socket.CallAsync("chain_v1_unfollow", $"""["{name}"]"""))["error"]!["data"]!["code"]!);
    }

    [Fact]
    public async Task Watch_TransactionThatIsReorganised_IsToldOfEachStep()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await using RpcSocket socket = await RpcSocket.ConnectAsync(served.Server.Url);
        Transaction transaction = TestChain.Pay(served.Node.Chain, 0);
        await served.ResultAsync("tx_v1_submit", $"""["{Hex.Of(transaction.Encoded.Span)}"]""");
        Assert.NotNull((await socket.CallAsync("tx_v1_watch", $"""["0x{transaction.Id.Value}"]"""))["result"]);

        Assert.Equal("pending", await NextStatusAsync(socket));
        await served.Node.SealAsync();
        Assert.Equal("inBlock", await NextStatusAsync(socket));
        await using ChainNode other = await TestChain.ReorganiseAsync(served.Node, await TestChain.BranchAsync(2));
        Assert.Equal("reorged", await NextStatusAsync(socket));
        Assert.Equal("pending", await NextStatusAsync(socket));
        await served.Node.SealAsync();
        Assert.Equal("inBlock", await NextStatusAsync(socket));
    }

    [Fact]
    public async Task Follow_TooManySubscriptions_IsRefusedUntilOneEnds()
    {
        await using ServedNode served = await ServedNode.StartAsync(
            () => TestChain.StartAsync(), new RpcServerOptions { MaxSubscriptionsPerConnection = 2 });
        await using RpcSocket socket = await RpcSocket.ConnectAsync(served.Server.Url);
        await socket.CallAsync("chain_v1_follow");
        string second = (string)(await socket.CallAsync("chain_v1_follow"))["result"]!["subscription"]!;

        Assert.Equal("CC4017", (string)(await socket.CallAsync("chain_v1_follow"))["error"]!["data"]!["code"]!);
        await socket.CallAsync("chain_v1_unfollow", $"""["{second}"]""");
        Assert.NotNull((await socket.CallAsync("chain_v1_follow"))["result"]);
    }

    [Fact]
    public async Task Socket_MessageOverTheLimit_ClosesWithTooBig()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), new RpcServerOptions { MaxRequestBytes = 2048 });
        await using RpcSocket socket = await RpcSocket.ConnectAsync(served.Server.Url);

        await socket.SendAsync(new string(' ', 2048 - 55) + """{"jsonrpc":"2.0","method":"chain_v1_head","id":12345}""");
        Assert.Equal(12345, (int)(await socket.NextAsync())["id"]!);
        await socket.SendAsync(new string(' ', 4096));

        await Assert.ThrowsAsync<EndOfStreamException>(socket.NextAsync);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.Socket.CloseStatus);
    }

    [Fact]
    public async Task Socket_MoreThanTheAllowance_IsToldSo()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), new RpcServerOptions { RequestsPerSecond = 50, MaxBatch = 1000 });
        await using RpcSocket socket = await RpcSocket.ConnectAsync(served.Server.Url);

        await socket.SendAsync($"[{string.Join(',', Enumerable.Repeat("""{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}""", 1000))}]");
        JsonArray answers = (await socket.NextAsync()).AsArray();

        Assert.InRange(answers.Count(answer => answer!["result"] is not null), 9, 200);
        Assert.Equal("CC4011", (string)answers[^1]!["error"]!["data"]!["code"]!);
    }

    [Fact]
    public async Task Socket_BinaryMessage_ClosesWithWrongType()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await using RpcSocket socket = await RpcSocket.ConnectAsync(served.Server.Url);

        await socket.Socket.SendAsync(new byte[] { 1 }, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

        await Assert.ThrowsAsync<EndOfStreamException>(socket.NextAsync);
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, socket.Socket.CloseStatus);
    }

    private static async Task<string> NextStatusAsync(RpcSocket socket) =>
        (string)(await socket.NextAsync())["params"]!["event"]!["status"]!;
}
