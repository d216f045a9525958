using System.Buffers;
using System.Text;

namespace Chain.Core.Rpc.Client;

/// <summary>Reads lines of UTF-8 that end with a line feed, up to a length.</summary>
internal sealed class LineReader(Stream stream, int maxBytes)
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly ArrayBufferWriter<byte> _line = new(256);
    private int _position;
    private int _length;

    /// <summary>The next line; null at the end of the stream.</summary>
    /// <exception cref="RpcProtocolException">The line is too long.</exception>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellation)
    {
        _line.ResetWrittenCount();
        while (true)
        {
            int end = Array.IndexOf(_buffer, (byte)'\n', _position, _length - _position);
            int take = (end < 0 ? _length : end) - _position;
            if (_line.WrittenCount + take > maxBytes)
            {
                throw new RpcProtocolException($"A line is longer than {maxBytes} bytes.");
            }

            _line.Write(_buffer.AsSpan(_position, take));
            _position += take;
            if (end >= 0)
            {
                _position++;
                return Encoding.UTF8.GetString(_line.WrittenSpan);
            }

            _position = 0;
            _length = await stream.ReadAsync(_buffer, cancellation).ConfigureAwait(false);
            if (_length == 0)
            {
                return null;
            }
        }
    }
}
