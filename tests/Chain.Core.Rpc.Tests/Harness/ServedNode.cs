using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Chain.Core.Rpc.Tests;

/// <summary>A dev chain behind a server on a free port of 127.0.0.1, and a client of it.</summary>
internal sealed class ServedNode : IAsyncDisposable
{
    public static readonly TimeSpan Patience = Waits.Patience;

    private ServedNode(ChainNode node, RpcServer server)
    {
        Node = node;
        Server = server;
        Http = new HttpClient { BaseAddress = server.Url, Timeout = Patience };
    }

    public ChainNode Node { get; }

    public RpcServer Server { get; }

    public HttpClient Http { get; }

    public static Task<ServedNode> StartAsync(RpcServerOptions? options = null) =>
        StartAsync(() => ChainNode.CreateDevAsync(), options);

    public static async Task<ServedNode> StartAsync(Func<Task<ChainNode>> start, RpcServerOptions? options = null)
    {
        ChainNode node = await start();
        options ??= new RpcServerOptions { RequestsPerSecond = 0 };
        RpcServer server = await RpcServer.StartAsync(node, options with { Listen = new IPEndPoint(IPAddress.Loopback, 0) });
        return new ServedNode(node, server);
    }

    /// <summary>Posts bytes and gives the answer as text; empty where there was none.</summary>
    public async Task<string> PostAsync(byte[] body)
    {
        using HttpResponseMessage response = await Http.PostAsync("/", new ByteArrayContent(body));
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Calls a method and gives the whole answer.</summary>
    public async Task<JsonNode> CallAsync(string method, string parameters = "[]") =>
        JsonNode.Parse(await PostAsync(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""")))!;

    /// <summary>Calls a method that succeeds.</summary>
    public async Task<JsonNode> ResultAsync(string method, string parameters = "[]")
    {
        JsonNode answer = await CallAsync(method, parameters);
        Assert.Null(answer["error"]?.ToJsonString());
        return answer["result"]!;
    }

    /// <summary>Calls a method that fails, and gives the code of the error.</summary>
    public async Task<string> ErrorAsync(string method, string parameters = "[]")
    {
        JsonNode answer = await CallAsync(method, parameters);
        Assert.Null(answer["result"]?.ToJsonString());
        return (string)answer["error"]!["data"]!["code"]!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        await Node.DisposeAsync();
    }
}
