using Chain.Core.Crypto;

namespace Chain.Core.Fuzz;

/// <summary>Both sides of a handshake with fixed keys.</summary>
internal sealed class NoisePair : IDisposable
{
    private readonly X25519PrivateKey[] _statics = [new(Seed(1)), new(Seed(2))];
    private readonly NoiseHandshake[] _sides;
    private int _sent;

    public NoisePair(NoiseProtocol protocol)
    {
        _sides =
        [
            new NoiseHandshake(new NoiseHandshakeSettings
            {
                Protocol = protocol,
                Role = NoiseRole.Initiator,
                StaticKey = _statics[0],
                RemoteStaticKey = protocol == NoiseProtocol.IK ? _statics[1].PublicKey : default,
                EphemeralSeed = Seed(3),
            }),
            new NoiseHandshake(new NoiseHandshakeSettings
            {
                Protocol = protocol,
                Role = NoiseRole.Responder,
                StaticKey = _statics[1],
                EphemeralSeed = Seed(4),
            }),
        ];
    }

    /// <summary>The side that reads the next message.</summary>
    public NoiseHandshake Receiver => _sides[1 - (_sent % 2)];

    /// <summary>Sends the next message from one side to the other.</summary>
    public byte[] Exchange(ReadOnlySpan<byte> payload)
    {
        NoiseHandshake sender = _sides[_sent % 2];
        var message = new byte[payload.Length + sender.NextOverhead];
        var read = new byte[message.Length];
        Oracle.Holds(
            sender.TryWriteMessage(payload, message, out int length) && Receiver.TryReadMessage(message.AsSpan(0, length), read, out _),
            "a genuine handshake fails");
        _sent++;
        return message[..length];
    }

    /// <summary>Ends the handshake.</summary>
    public (NoiseTransport Initiator, NoiseTransport Responder) Finish()
    {
        while (!_sides[0].IsComplete)
        {
            Exchange([]);
        }

        return (_sides[0].Split(), _sides[1].Split());
    }

    public void Dispose()
    {
        foreach (IDisposable part in (IDisposable[])[.. _sides, .. _statics])
        {
            part.Dispose();
        }
    }

    private static byte[] Seed(byte value) => [.. Enumerable.Repeat(value, 32)];
}
