using System.Net;
using System.Net.Sockets;

namespace QuickStart;

/// <summary>
/// A wire between two processes: a port that passes bytes on to another port, and that can be cut. Cutting closes
/// the real connections and refuses new ones, as a broken cable would.
/// </summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _pumps = [];
    private readonly Lock _gate = new();
    private CancellationTokenSource _cut = new();
    private readonly Task _accepting;
    private volatile bool _isCut;

    public Link(int from, int to, int target)
    {
        From = from;
        To = to;
        Target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int From { get; }

    public int To { get; }

    /// <summary>Where the node dials that uses this wire.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>The port that bytes go on to; a node has another one after each start.</summary>
    public int Target { get; set; }

    public void Cut()
    {
        _isCut = true;
        _cut.Cancel();
    }

    public void Mend()
    {
        _cut = new CancellationTokenSource();
        _isCut = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        Task[] pumps;
        lock (_gate)
        {
            pumps = [.. _pumps];
        }

        await Task.WhenAll(pumps);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                lock (_gate)
                {
                    _pumps.RemoveAll(pump => pump.IsCompleted);
                    _pumps.Add(CarryAsync(client));
                }
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or SocketException)
            {
                // The next round sees whether the link is to stop.
            }
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using TcpClient near = client;
        using var far = new TcpClient();
        if (_isCut)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, _cut.Token);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, Target, either.Token);
            near.NoDelay = far.NoDelay = true;
            Task there = near.GetStream().CopyToAsync(far.GetStream(), either.Token);
            Task back = far.GetStream().CopyToAsync(near.GetStream(), either.Token);
            await await Task.WhenAny(there, back);
            await either.CancelAsync();
            await Task.WhenAll(there, back);
        }
        catch (Exception broken) when (broken is OperationCanceledException or SocketException or IOException)
        {
            // A cut, a kill or a stop: both ends find out when the sockets close.
        }
    }
}
