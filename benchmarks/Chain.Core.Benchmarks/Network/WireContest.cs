using System.Net;
using System.Threading.Channels;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Transport;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>Messages of 200 bytes over one connection of the transport, both ends in this process.</summary>
internal sealed class WireContest : IAsyncDisposable
{
    /// <summary>Messages per call.</summary>
    public const int Messages = 20_000;

    public const int MessageBytes = 200;

    private const int Distinct = 64;
    private const int InputCapacity = 4096;

    private readonly Channel<HostInput> _sender = Channel.CreateBounded<HostInput>(InputCapacity);
    private readonly Channel<HostInput> _receiver = Channel.CreateBounded<HostInput>(
        new BoundedChannelOptions(InputCapacity) { SingleReader = true });

    private readonly PeerMessage[] _messages = [.. Enumerable.Range(0, Distinct).Select(static i =>
        new PeerMessage.Consensus(Enumerable.Repeat((byte)i, MessageBytes).ToArray()))];

    private readonly Countdown _arrived = new();
    private readonly TcpTransport _from;
    private readonly TcpTransport _to;
    private readonly ConnectionId _connection;
    private long _sum;

    private WireContest()
    {
        _from = new TcpTransport(new X25519PrivateKey(Enumerable.Repeat((byte)1, X25519.KeySize).ToArray()), _sender.Writer);
        _to = new TcpTransport(new X25519PrivateKey(Enumerable.Repeat((byte)2, X25519.KeySize).ToArray()), _receiver.Writer);
        IPEndPoint end = _to.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        _from.Dial(PeerAddress.From(end.Address, end.Port));
        _connection = ((HostInput.Connected)Next(_sender.Reader)).Connection.Id;
        Next(_receiver.Reader);
        new Thread(Receive) { IsBackground = true }.Start();
    }

    public static Contest Prepare()
    {
        var ours = new WireContest();
        var peer = new FramePerMessage(Messages, MessageBytes);
        return new Contest(ours.Send, peer.Send, () =>
        {
            ours.Send();
            peer.Send();
            long expected = Enumerable.Range(0, Messages).Sum(static i => (long)(i % Distinct));
            return ours._sum == expected ? null : $"{ours._sum} came of {expected}";
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _from.DisposeAsync();
        await _to.DisposeAsync();
    }

    private static HostInput Next(ChannelReader<HostInput> inputs) => inputs.ReadAsync().AsTask().GetAwaiter().GetResult();

    private void Send()
    {
        _sum = 0;
        _arrived.Expect(Messages);
        for (int i = 0; i < Messages; i++)
        {
            if (!_from.Send(_connection, _messages[i % Distinct]) && Next(_sender.Reader) is not HostInput.Drained)
            {
                throw new InvalidOperationException("The connection broke.");
            }
        }

        _arrived.Wait();
    }

    private void Receive()
    {
        int count = 0;
        while (true)
        {
            HostInput input = _receiver.Reader.TryRead(out HostInput? ready) ? ready : Next(_receiver.Reader);
            _sum += ((PeerMessage.Consensus)((HostInput.Received)input).Message).Payload.Span[^1];
            if (++count % Messages == 0)
            {
                _arrived.Add(Messages);
            }
        }
    }
}
