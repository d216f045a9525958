using System.Net;
using System.Threading.Channels;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Transport.Tests;

/// <summary>A host with one bounded channel and one transport.</summary>
internal sealed class Host : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<HostInput> _inputs;
    private readonly X25519PrivateKey _key;

    private Host(X25519PrivateKey key, Channel<HostInput> inputs, ITransport transport)
    {
        _key = key;
        _inputs = inputs;
        Transport = transport;
    }

    public ITransport Transport { get; }

    public X25519PrivateKey Key => _key;

    public TransportStatistics Statistics => ((TcpTransport)Transport).Statistics;

    public static Host Tcp(byte seed, TransportOptions? options = null, int capacity = 1024)
    {
        X25519PrivateKey key = KeyOf(seed);
        Channel<HostInput> inputs = Channel.CreateBounded<HostInput>(capacity);
        return new Host(key, inputs, new TcpTransport(key, inputs.Writer, options));
    }

    public static Host Loopback(LoopbackNetwork network, byte seed, TransportOptions? options = null, int capacity = 1024)
    {
        X25519PrivateKey key = KeyOf(seed);
        Channel<HostInput> inputs = Channel.CreateBounded<HostInput>(capacity);
        var peer = new PeerId(new Hash256(key.PublicKey.Span));
        return new Host(key, inputs, new LoopbackTransport(network, peer, inputs.Writer, options));
    }

    public static X25519PrivateKey KeyOf(byte seed) => new([.. Enumerable.Repeat(seed, X25519PrivateKey.SeedSize)]);

    /// <summary>Listens on a free port of 127.0.0.1.</summary>
    public PeerAddress Listen()
    {
        IPEndPoint bound = Transport.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        return PeerAddress.From(bound.Address, bound.Port);
    }

    /// <summary>The next input, which must be of this kind; fails where none comes.</summary>
    public async Task<T> NextAsync<T>()
        where T : HostInput
    {
        using var timeout = new CancellationTokenSource(Patience);
        return Assert.IsType<T>(await _inputs.Reader.ReadAsync(timeout.Token));
    }

    /// <summary>Reads on until an input of this kind comes.</summary>
    public async Task<T> UntilAsync<T>()
        where T : HostInput
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await _inputs.Reader.ReadAsync(timeout.Token) is T found)
            {
                return found;
            }
        }
    }

    public async Task<PeerConnection> ConnectedAsync() => (await NextAsync<HostInput.Connected>()).Connection;

    public async Task<T> MessageAsync<T>()
        where T : PeerMessage => Assert.IsType<T>((await NextAsync<HostInput.Received>()).Message);

    /// <summary>Waits until so many handshakes have failed.</summary>
    public Task EndedHandshakesAsync(long count) =>
        UntilAsync(statistics => statistics.FailedHandshakes == count && statistics.PendingHandshakes == 0);

    /// <summary>Waits until the counters of a TCP transport say so.</summary>
    public async Task UntilAsync(Func<TransportStatistics, bool> condition)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!condition(Statistics))
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public bool HasNothing() => !_inputs.Reader.TryPeek(out _);

    /// <summary>Whether nothing waits once inputs of this kind at the front are thrown away.</summary>
    public bool HasNothingBut<T>()
        where T : HostInput
    {
        while (_inputs.Reader.TryPeek(out HostInput? next) && next is T)
        {
            _inputs.Reader.TryRead(out _);
        }

        return HasNothing();
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        _key.Dispose();
    }
}
