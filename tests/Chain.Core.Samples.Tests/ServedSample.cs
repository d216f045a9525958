using System.Net;
using Chain.Core.Rpc;
using Chain.Core.Rpc.Client;

namespace Chain.Core.Samples.Tests;

/// <summary>A node of a sample behind a server on a free port.</summary>
internal sealed class ServedSample : IAsyncDisposable
{
    private ServedSample(ChainNode node, RpcServer server)
    {
        Node = node;
        Server = server;
        Client = new RpcClient(server.Url);
    }

    public ChainNode Node { get; }

    public RpcServer Server { get; }

    public RpcClient Client { get; }

    public static async Task<ServedSample> StartAsync(Task<ChainNode> starting)
    {
        ChainNode node = await starting;
        return new ServedSample(node, await RpcServer.StartAsync(node, new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) }));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        await Node.DisposeAsync();
    }
}
