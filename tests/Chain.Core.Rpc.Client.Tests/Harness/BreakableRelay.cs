using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Chain.Core.Rpc.Client.Tests;

/// <summary>Passes bytes between clients and a server on 127.0.0.1, until it is told to break every connection.</summary>
internal sealed class BreakableRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _open = [];
    private readonly Uri _target;
    private readonly Task _accepting;
    private int _accepted;
    private volatile int _sentToClients;

    public BreakableRelay(Uri target)
    {
        _target = target;
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}/");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>How many connections were made so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many bytes went to clients so far; exact while there is one.</summary>
    public int SentToClients => _sentToClients;

    public void BreakAll()
    {
        while (_open.TryTake(out TcpClient? client))
        {
            client.Client.Close(0); // a reset, not a goodbye
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        BreakAll();
        await _accepting;
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool isToClient)
    {
        try
        {
            var buffer = new byte[4096];
            for (int count; (count = await from.GetStream().ReadAsync(buffer)) > 0;)
            {
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
                _sentToClients += isToClient ? count : 0;
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Broken, as it should be.
        }

        to.Client.Close(0);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _accepted);
                var server = new TcpClient();
                await server.ConnectAsync(_target.Host, _target.Port);
                _open.Add(client);
                _open.Add(server);
                _ = PumpAsync(client, server, isToClient: false);
                _ = PumpAsync(server, client, isToClient: true);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
