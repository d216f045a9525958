using System.Collections.Concurrent;
using System.Net;
using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>A network inside one process, without sockets or encryption: for tests and for several nodes in one program.</summary>
public sealed class LoopbackNetwork
{
    private readonly ConcurrentDictionary<PeerAddress, LoopbackTransport> _listeners = new();
    private int _lastPort = 49_151;

    internal IPEndPoint Listen(LoopbackTransport transport, IPEndPoint endPoint)
    {
        int port = endPoint.Port == 0 ? Interlocked.Increment(ref _lastPort) : endPoint.Port;
        if (!_listeners.TryAdd(PeerAddress.From(endPoint.Address, port), transport))
        {
            throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.AddressAlreadyInUse);
        }

        return new IPEndPoint(endPoint.Address, port);
    }

    internal void Forget(LoopbackTransport transport)
    {
        foreach ((PeerAddress address, LoopbackTransport listener) in _listeners)
        {
            if (listener == transport)
            {
                _listeners.TryRemove(address, out _);
            }
        }
    }

    internal LoopbackTransport? Find(PeerAddress address) => _listeners.GetValueOrDefault(address);
}
