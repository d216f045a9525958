using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Chain.Core.Benchmarks.Rpc;

/// <summary>Connections that each send a request and take the answer, over and over, at the least cost: one thread, blocking sockets.</summary>
internal sealed class ReadingClients : IDisposable
{
    private readonly Socket[] _sockets;
    private readonly byte[][] _requests;
    private readonly byte[][] _answers;
    private readonly byte[] _buffer = new byte[16 * 1024];

    /// <param name="url">The server.</param>
    /// <param name="connections">How many.</param>
    /// <param name="bodies">The requests; connections take them in turn.</param>
    /// <param name="answers">The body that each must be answered with.</param>
    /// <param name="pathOf">Where each request goes.</param>
    public ReadingClients(Uri url, int connections, string[] bodies, byte[][] answers, Func<int, string> pathOf)
    {
        _answers = answers;
        _requests = [.. bodies.Select((body, kind) => Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {pathOf(kind)} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}")))];
        _sockets = [.. Enumerable.Range(0, connections).Select(_ => Connect(url))];
    }

    /// <summary>Lets every connection ask so many times; throws where an answer is cut short.</summary>
    public void Run(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < _sockets.Length; i++)
            {
                _sockets[i].Send(_requests[KindOf(i, round)]);
            }

            for (int i = 0; i < _sockets.Length; i++)
            {
                Receive(_sockets[i], _answers[KindOf(i, round)]);
            }
        }
    }

    /// <summary>What one round of every kind of request answers wrongly; null where nothing is.</summary>
    public string? FindMistake()
    {
        for (int kind = 0; kind < _requests.Length; kind++)
        {
            _sockets[0].Send(_requests[kind]);
            int length = Receive(_sockets[0], _answers[kind]);
            ReadOnlySpan<byte> body = _buffer.AsSpan(length - _answers[kind].Length, _answers[kind].Length);
            if (!body.SequenceEqual(_answers[kind]))
            {
                return $"request {kind} is answered with {Encoding.UTF8.GetString(body)}";
            }
        }

        return null;
    }

    public void Dispose() => Array.ForEach(_sockets, static socket => socket.Dispose());

    private static Socket Connect(Uri url)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(url.Host, url.Port);
        return socket;
    }

    private int KindOf(int connection, int round) => (connection + round) % _requests.Length;

    /// <summary>Takes a whole answer; its body is the last thing in the buffer.</summary>
    private int Receive(Socket socket, byte[] answer)
    {
        int length = 0;
        while (true)
        {
            int count = socket.Receive(_buffer.AsSpan(length));
            length += count;
            int head = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (head >= 0 && length >= head + 4 + answer.Length)
            {
                return _buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8)
                    ? length
                    : throw new InvalidOperationException(Encoding.UTF8.GetString(_buffer, 0, length));
            }

            if (count == 0)
            {
                throw new InvalidOperationException("The connection was closed.");
            }
        }
    }
}
