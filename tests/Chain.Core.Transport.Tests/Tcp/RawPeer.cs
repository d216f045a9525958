using System.Buffers.Binary;
using System.Net.Sockets;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Transport.Tests.Tcp;

/// <summary>A peer made by hand, which says on the socket what no transport would.</summary>
internal sealed class RawPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private NoiseTransport? _ciphers;

    public static async Task<RawPeer> ConnectAsync(PeerAddress address)
    {
        var peer = new RawPeer();
        await peer._socket.ConnectAsync(address.Host, address.Port);
        peer._socket.NoDelay = true;
        return peer;
    }

    /// <summary>Connected, and through the handshake.</summary>
    public static async Task<RawPeer> SecureAsync(PeerAddress address, byte seed = 7)
    {
        RawPeer peer = await ConnectAsync(address);
        Assert.True(await peer.ShakeHandsAsync(seed));
        return peer;
    }

    /// <summary>Runs the initiator's side; the wire may change each of its two messages.</summary>
    /// <returns>False where the other side cut it short.</returns>
    public async Task<bool> ShakeHandsAsync(byte seed, Func<int, byte[], byte[]>? wire = null)
    {
        using X25519PrivateKey key = Host.KeyOf(seed);
        using var handshake = new NoiseHandshake(new NoiseHandshakeSettings
        {
            Protocol = NoiseProtocol.XX,
            Role = NoiseRole.Initiator,
            EphemeralSeed = Enumerable.Repeat((byte)(seed + 100), 32).ToArray(),
            StaticKey = key,
            Prologue = "chain-core/1 "u8.ToArray(),
        });
        wire ??= (_, message) => message;
        await SendAsync(wire(0, Write(handshake)));
        byte[]? answer = await ReceiveAsync(2 + 96);
        if (answer is null)
        {
            return false;
        }

        bool opened = handshake.TryReadMessage(answer.AsSpan(2), default, out _);
        if (!opened)
        {
            return false;
        }

        await SendAsync(wire(2, Write(handshake)));
        _ciphers = handshake.Split();
        return true;
    }

    public async Task SendAsync(params byte[] bytes)
    {
        try
        {
            await _socket.SendAsync(bytes);
        }
        catch (SocketException)
        {
            // Cut already: the reader will see it.
        }
    }

    /// <summary>Sends a record whose plaintext is this, encrypted.</summary>
    public Task SendRecordAsync(params byte[] plaintext) => SendAsync(Seal(plaintext));

    /// <summary>A record as it goes over the wire.</summary>
    public byte[] Seal(params byte[] plaintext)
    {
        var record = new byte[2 + plaintext.Length + NoiseCipher.TagSize];
        Assert.True(_ciphers!.Sending.TryEncrypt(plaintext, record.AsSpan(2), out int written));
        BinaryPrimitives.WriteUInt16BigEndian(record, (ushort)written);
        return record;
    }

    /// <summary>Reads so many bytes; null where the other side closes first.</summary>
    public async Task<byte[]?> ReceiveAsync(int count)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var bytes = new byte[count];
        int received = 0;
        while (received < count)
        {
            try
            {
                int part = await _socket.ReceiveAsync(bytes.AsMemory(received), timeout.Token);
                if (part == 0)
                {
                    return null;
                }

                received += part;
            }
            catch (SocketException)
            {
                return null;
            }
        }

        return bytes;
    }

    /// <summary>Waits until the other side closes; what it still sends is thrown away.</summary>
    public async Task CutAsync()
    {
        while (await ReceiveAsync(1) is not null)
        {
        }
    }

    public void Dispose()
    {
        _ciphers?.Dispose();
        _socket.Dispose();
    }

    private static byte[] Write(NoiseHandshake handshake)
    {
        var message = new byte[2 + handshake.NextOverhead];
        Assert.True(handshake.TryWriteMessage(default, message.AsSpan(2), out int written));
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)written);
        return message;
    }
}
