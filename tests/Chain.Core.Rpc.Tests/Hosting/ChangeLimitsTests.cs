using System.Net;
using System.Text;

namespace Chain.Core.Rpc.Tests.Hosting;

/// <summary>Limits of a server that runs.</summary>
public sealed class ChangeLimitsTests
{
    private const string Ask = """{"jsonrpc":"2.0","id":1,"method":"node_v1_status","params":[]}""";

    [Fact]
    public async Task ChangeLimits_Lower_HoldForRequestsAndForSocketsThatAreOpen()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await using RpcSocket socket = await RpcSocket.ConnectAsync(served.Server.Url);
        Assert.Null((await socket.CallAsync("node_v1_status"))["error"]);
        byte[] batch = Encoding.UTF8.GetBytes($"[{Ask},{Ask},{Ask}]");
        byte[] padded = Encoding.UTF8.GetBytes(Ask + new string(' ', 2000));
        Assert.DoesNotContain("error", await served.PostAsync(batch), StringComparison.Ordinal);
        Assert.DoesNotContain("error", await served.PostAsync(padded), StringComparison.Ordinal);

        served.Server.ChangeLimits(new RpcServerOptions { MaxBatch = 2, MaxRequestBytes = 1024, RequestsPerSecond = 0, MaxStreams = 1 });

        Assert.Contains("at most 2 requests", await served.PostAsync(batch), StringComparison.Ordinal);
        using (HttpResponseMessage large = await served.Http.PostAsync("/", new ByteArrayContent(padded)))
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        }

        Assert.Null((await socket.CallAsync("node_v1_status"))["error"]);
        await Assert.ThrowsAnyAsync<Exception>(() => RpcSocket.ConnectAsync(served.Server.Url));
        await socket.SendAsync(Ask + new string(' ', 2000));
        await Assert.ThrowsAsync<EndOfStreamException>(socket.NextAsync);
    }

    [Fact]
    public async Task ChangeLimits_AllowanceWhileASocketIsOpen_IsTheNewOneForIt()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await using RpcSocket socket = await RpcSocket.ConnectAsync(served.Server.Url);

        served.Server.ChangeLimits(new RpcServerOptions { RequestsPerSecond = 50 });
        Assert.True(await IsRefusedAsync(socket, 2000));

        served.Server.ChangeLimits(new RpcServerOptions { RequestsPerSecond = 0 });
        Assert.False(await IsRefusedAsync(socket, 500));
    }

    [Fact]
    public async Task ChangeLimits_HostsAndOrigins_HoldFromTheNextRequestOn()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(served, "node.example", null));

        served.Server.ChangeLimits(new RpcServerOptions { AllowedHosts = ["node.example"], AllowedOrigins = ["https://wallet.example"] });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(served, "node.example", "https://wallet.example"));

        served.Server.ChangeLimits(new RpcServerOptions { AllowedHosts = ["node.example"] });
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(served, "node.example", "https://wallet.example"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(served, "node.example", null));
        served.Server.ChangeLimits(new RpcServerOptions());
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(served, "node.example", null));
    }

    [Fact]
    public async Task ChangeLimits_OneValueIsWrong_AllStaysAsItIs()
    {
        await using ServedNode served = await ServedNode.StartAsync(
            () => TestChain.StartAsync(), new RpcServerOptions { RequestsPerSecond = 0, MaxConnections = 8, MaxStreams = 8 });
        byte[] batch = Encoding.UTF8.GetBytes($"[{Ask},{Ask},{Ask}]");

        Assert.Contains(
            "Rpc:MaxStreams",
            Assert.Throws<RpcConfigurationException>(() => served.Server.ChangeLimits(new RpcServerOptions { MaxBatch = 2, MaxStreams = 9, MaxConnections = 9 })).Message,
            StringComparison.Ordinal);

        Assert.DoesNotContain("error", await served.PostAsync(batch), StringComparison.Ordinal);
    }

    private static async Task<bool> IsRefusedAsync(RpcSocket socket, int requests)
    {
        for (int i = 0; i < requests; i++)
        {
            if ((await socket.CallAsync("node_v1_status"))["error"] is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<HttpStatusCode> StatusAsync(ServedNode served, string host, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using HttpResponseMessage response = await served.Http.SendAsync(request);
        return response.StatusCode;
    }
}
