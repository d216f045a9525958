using System.Net;
using System.Text.Json.Nodes;

namespace Chain.Core.Rpc.Tests.Events;

/// <summary><c>GET /v1/events</c> on real sockets.</summary>
public sealed class EventStreamTests
{
    [Fact]
    public async Task Events_BlocksAreMade_AreToldInOrder()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await using EventStream events = await EventStream.OpenAsync(served.Http, "latest");

        await served.Node.SealAsync(3);

        Assert.Equal(["added 0x1", "added 0x2", "added 0x3"], await events.NextAsync(3));
    }

    [Fact]
    public async Task Events_AfterEachCursor_AreAllTheLaterOnesOnce()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await using EventStream first = await EventStream.OpenAsync(served.Http, "latest");
        await served.Node.SealAsync(3);
        await using ChainNode other = await TestChain.ReorganiseAsync(served.Node, await TestChain.BranchAsync(5));
        var told = new List<JsonNode>();
        while (told.Count < 11)
        {
            told.Add(await first.NextAsync());
        }

        Assert.Equal(
            ["added 0x1", "added 0x2", "added 0x3", "removed 0x3", "removed 0x2", "removed 0x1", "added 0x1", "added 0x2", "added 0x3", "added 0x4", "added 0x5"],
            told.Select(EventStream.Describe));
        for (int i = 0; i < told.Count - 1; i++)
        {
            await using EventStream resumed = await EventStream.OpenAsync(served.Http, (string)told[i]["cursor"]!);
            for (int j = i + 1; j < told.Count; j++)
            {
                Assert.Equal(told[j].ToJsonString(), (await resumed.NextAsync()).ToJsonString());
            }
        }
    }

    [Fact]
    public async Task Events_FromGenesis_AreEveryBlock()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await served.Node.SealAsync(40);

        await using EventStream events = await EventStream.OpenAsync(served.Http, "genesis");

        Assert.Equal(Enumerable.Range(1, 40).Select(height => $"added 0x{height:x}"), await events.NextAsync(40));
        await served.Node.SealAsync();
        Assert.Equal(["added 0x29"], await events.NextAsync(1));
    }

    [Fact]
    public async Task Events_LogDoesNotReachBack_TellsOfTheLagAndThenLeadsToTheHead()
    {
        await using ServedNode served = await ServedNode.StartAsync(
            () => TestChain.StartAsync(), new RpcServerOptions { EventLogCapacity = 16, RequestsPerSecond = 0 });
        await using EventStream first = await EventStream.OpenAsync(served.Http, "latest");
        await served.Node.SealAsync(2);
        await first.NextAsync();
        string cursor = (string)(await first.NextAsync())["cursor"]!;
        await using ChainNode other = await TestChain.ReorganiseAsync(served.Node, await TestChain.BranchAsync(30));

        await using EventStream resumed = await EventStream.OpenAsync(served.Http, cursor);

        JsonNode lagged = await resumed.NextAsync();
        Assert.Equal("lagged 0x2", EventStream.Describe(lagged));
        Assert.Equal(["removed 0x2", "removed 0x1"], await resumed.NextAsync(2));
        Assert.Equal(Enumerable.Range(1, 30).Select(height => $"added 0x{height:x}"), await resumed.NextAsync(30));
        await served.Node.SealAsync();
        Assert.Equal(["added 0x1f"], await resumed.NextAsync(1));
    }

    [Fact]
    public async Task Events_AfterARestartOfTheServer_GoOnFromAnOldCursor()
    {
        string cursor;
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await using (EventStream first = await EventStream.OpenAsync(served.Http, "latest"))
        {
            await served.Node.SealAsync();
            cursor = (string)(await first.NextAsync())["cursor"]!;
        }

        await served.Server.DisposeAsync();
        await served.Node.SealAsync();
        await using RpcServer again = await RpcServer.StartAsync(
            served.Node, new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) });
        using var http = new HttpClient { BaseAddress = again.Url };
        await using EventStream resumed = await EventStream.OpenAsync(http, cursor);

        Assert.Equal(["lagged 0x1", "added 0x2"], await resumed.NextAsync(2));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1-2-3-4-5")]
    [InlineData("1-1-1-0000000000000000000000000000000000000000000000000000000000000001-0")]
    public async Task Events_UnknownCursor_IsRefusedWithItsCode(string cursor)
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());

        using HttpResponseMessage response = await served.Http.GetAsync($"/v1/events?after={cursor}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("CC4025", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_MoreReadersThanAllowed_TheLastIsRefused()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(), new RpcServerOptions { MaxStreams = 1 });
        await using EventStream first = await EventStream.OpenAsync(served.Http, "latest");

        using HttpResponseMessage second = await served.Http.GetAsync("/v1/events", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
    }
}
