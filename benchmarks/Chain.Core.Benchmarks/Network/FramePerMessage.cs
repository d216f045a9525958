using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Chain.Core.Benchmarks.Network;

/// <summary>
/// What is often built: each message encrypted as a frame of its own with the system's ChaCha20-Poly1305. Frames are
/// written to the socket together, and the receiver does nothing with them but open them.
/// </summary>
internal sealed class FramePerMessage : IDisposable
{
    private const int LengthBytes = 2;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int BufferBytes = 64 * 1024;

    private readonly int _messages;
    private readonly byte[] _message;
    private readonly Socket _from = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Socket _to;
    private readonly ChaCha20Poly1305 _sealing = new(new byte[32]);
    private readonly ChaCha20Poly1305 _opening = new(new byte[32]);
    private readonly Countdown _arrived = new();
    private ulong _sealed;
    private ulong _opened;

    public FramePerMessage(int messages, int messageBytes)
    {
        _messages = messages;
        _message = new byte[messageBytes];
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _from.Connect(listener.LocalEndpoint);
        _to = listener.AcceptSocket();
        new Thread(Receive) { IsBackground = true }.Start();
    }

    public void Send()
    {
        _arrived.Expect(_messages);
        Span<byte> nonce = stackalloc byte[NonceBytes];
        var buffer = new byte[BufferBytes];
        int frame = LengthBytes + _message.Length + TagBytes;
        int filled = 0;
        for (int i = 0; i < _messages; i++)
        {
            if (filled + frame > buffer.Length)
            {
                _from.Send(buffer.AsSpan(0, filled));
                filled = 0;
            }

            BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], _sealed++);
            Span<byte> to = buffer.AsSpan(filled, frame);
            BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)(frame - LengthBytes));
            _sealing.Encrypt(nonce, _message, to.Slice(LengthBytes, _message.Length), to[(LengthBytes + _message.Length)..]);
            filled += frame;
        }

        _from.Send(buffer.AsSpan(0, filled));
        _arrived.Wait();
    }

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
        _sealing.Dispose();
        _opening.Dispose();
    }

    private void Receive()
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        var buffer = new byte[BufferBytes];
        var message = new byte[_message.Length];
        int filled = 0;
        int count = 0;
        while (true)
        {
            filled += _to.Receive(buffer.AsSpan(filled));
            int position = 0;
            while (filled - position >= LengthBytes
                && BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(position)) is var length
                && filled - position >= LengthBytes + length)
            {
                ReadOnlySpan<byte> frame = buffer.AsSpan(position + LengthBytes, length);
                BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], _opened++);
                _opening.Decrypt(nonce, frame[..^TagBytes], frame[^TagBytes..], message);
                position += LengthBytes + length;
                if (++count % _messages == 0)
                {
                    _arrived.Add(_messages);
                }
            }

            buffer.AsSpan(position, filled - position).CopyTo(buffer);
            filled -= position;
        }
    }
}
