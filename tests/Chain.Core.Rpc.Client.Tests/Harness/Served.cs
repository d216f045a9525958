using System.Net;

namespace Chain.Core.Rpc.Client.Tests;

/// <summary>A node, its server on a free port, and a client.</summary>
internal sealed class Served : IAsyncDisposable
{
    public static readonly RpcClientOptions Quick = new() { ReconnectDelay = TimeSpan.FromMilliseconds(5), MaxReconnectDelay = TimeSpan.FromMilliseconds(50) };

    private Served(ChainNode node, RpcServer server)
    {
        Node = node;
        Server = server;
        Client = new RpcClient(server.Url);
    }

    public ChainNode Node { get; }

    public RpcServer Server { get; }

    public RpcClient Client { get; }

    public static async Task<Served> StartAsync(Task<ChainNode> starting)
    {
        ChainNode node = await starting;
        var options = new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), RequestsPerSecond = 0 };
        return new Served(node, await RpcServer.StartAsync(node, options));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        await Node.DisposeAsync();
    }
}
