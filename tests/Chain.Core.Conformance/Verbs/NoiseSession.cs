using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>Both sides of a Noise channel; each message goes from one to the other and is read there.</summary>
internal sealed class NoiseSession : IDisposable
{
    private readonly NoiseProtocol _protocol;
    private readonly X25519PrivateKey?[] _statics;
    private readonly NoiseHandshake[] _handshakes;
    private readonly NoiseTransport?[] _transports = new NoiseTransport?[2];
    private int _sent;

    private NoiseSession(NoiseProtocol protocol, X25519PrivateKey?[] statics, NoiseHandshake[] handshakes)
    {
        _protocol = protocol;
        _statics = statics;
        _handshakes = handshakes;
    }

    public byte[] HandshakeHash => _handshakes[0].IsComplete || _transports[0] is not null
        ? _handshakes[0].HandshakeHash.ToArray()
        : throw new InvalidRequestException("there are fewer payloads than messages of the handshake");

    /// <summary>Both sides as the request has them: keys that the pattern does not need are left out.</summary>
    public static NoiseSession Create(NoiseProtocol protocol, Request request)
    {
        X25519PrivateKey?[] statics = [KeyOf(request, "init_static"), KeyOf(request, "resp_static")];
        return new NoiseSession(
            protocol,
            statics,
            [Side(protocol, request, NoiseRole.Initiator, statics), Side(protocol, request, NoiseRole.Responder, statics)]);
    }

    /// <summary>Sends the next message: the sides take turns, in the handshake and after it.</summary>
    public byte[] Send(byte[] payload)
    {
        int sender = _protocol.IsOneWay ? 0 : _sent % 2;
        byte[] message = _sent < _protocol.MessageCount ? Handshake(sender, payload) : Transport(sender, payload);
        _sent++;
        return message;
    }

    public void Dispose()
    {
        foreach (IDisposable? part in (IDisposable?[])[.. _handshakes, .. _transports, .. _statics])
        {
            part?.Dispose();
        }
    }

    private static NoiseHandshake Side(NoiseProtocol protocol, Request request, NoiseRole role, X25519PrivateKey?[] statics)
    {
        bool isInitiator = role == NoiseRole.Initiator;
        string side = isInitiator ? "init" : "resp";
        string ephemeral = $"{side}_ephemeral";
        return new NoiseHandshake(new NoiseHandshakeSettings
        {
            Protocol = protocol,
            Role = role,

            // The responder of a one-way pattern sends nothing and has no ephemeral key.
            EphemeralSeed = protocol.IsOneWay && !isInitiator ? new byte[X25519.KeySize] : request.Bytes(ephemeral),
            StaticKey = protocol.NeedsStaticKey(role) ? statics[isInitiator ? 0 : 1] : null,
            RemoteStaticKey = protocol.NeedsRemoteStaticKey(role) ? PublicOf(statics[isInitiator ? 1 : 0]) : default,
            PresharedKeys = protocol.PresharedKeyCount > 0 ? [.. request.ManyBytes(PresharedField(request, side)).Select(key => (ReadOnlyMemory<byte>)key)] : [],
            Prologue = request.BytesOrEmpty("prologue"),
        });
    }

    /// <summary>Both sides share one list, or each has its own as in the published vectors.</summary>
    private static string PresharedField(Request request, string side) => request.Has("psks") ? "psks" : $"{side}_psks";

    private static X25519PrivateKey? KeyOf(Request request, string field) =>
        request.BytesOrEmpty(field) is { Length: > 0 } seed ? new X25519PrivateKey(seed) : null;

    private static ReadOnlyMemory<byte> PublicOf(X25519PrivateKey? key) =>
        key?.PublicKey ?? throw new InvalidRequestException("the pattern needs a static key that is missing");

    private byte[] Handshake(int sender, byte[] payload)
    {
        var message = new byte[payload.Length + _handshakes[sender].NextOverhead];
        var read = new byte[message.Length];
        if (!_handshakes[sender].TryWriteMessage(payload, message, out int written)
            || !_handshakes[1 - sender].TryReadMessage(message.AsSpan(0, written), read, out int readLength)
            || !read.AsSpan(0, readLength).SequenceEqual(payload))
        {
            throw new InvalidRequestException("the handshake failed");
        }

        return message[..written];
    }

    private byte[] Transport(int sender, byte[] payload)
    {
        NoiseTransport from = _transports[sender] ??= _handshakes[sender].Split();
        NoiseTransport to = _transports[1 - sender] ??= _handshakes[1 - sender].Split();
        if (payload.Length > NoiseCipher.MaxPlaintextSize)
        {
            throw new InvalidRequestException("a payload is too long");
        }

        var message = new byte[payload.Length + NoiseCipher.TagSize];
        var read = new byte[payload.Length];
        if (!from.Sending.TryEncrypt(payload, message, out _)
            || !to.Receiving.TryDecrypt(message, read, out int readLength)
            || !read.AsSpan(0, readLength).SequenceEqual(payload))
        {
            throw new InvalidRequestException("the channel failed");
        }

        return message;
    }
}
