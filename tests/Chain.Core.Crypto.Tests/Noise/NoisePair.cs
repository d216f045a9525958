namespace Chain.Core.Crypto.Tests.Noise;

/// <summary>Alice dials Bob; every key comes from one seed byte a party.</summary>
internal sealed class NoisePair : IDisposable
{
    private readonly X25519PrivateKey _aliceKey = new(Seed(1));
    private readonly X25519PrivateKey _bobKey = new(Seed(2));

    public NoisePair(NoiseProtocol protocol, byte[]? alicePrologue = null, byte[]? bobPrologue = null, byte bobEphemeral = 4)
    {
        Alice = new NoiseHandshake(new NoiseHandshakeSettings
        {
            Protocol = protocol,
            Role = NoiseRole.Initiator,
            EphemeralSeed = Seed(3),
            StaticKey = _aliceKey,
            RemoteStaticKey = protocol.NeedsRemoteStaticKey(NoiseRole.Initiator) ? _bobKey.PublicKey : default,
            Prologue = alicePrologue ?? [],
        });
        Bob = new NoiseHandshake(new NoiseHandshakeSettings
        {
            Protocol = protocol,
            Role = NoiseRole.Responder,
            EphemeralSeed = Seed(bobEphemeral),
            StaticKey = _bobKey,
            RemoteStaticKey = protocol.NeedsRemoteStaticKey(NoiseRole.Responder) ? _aliceKey.PublicKey : default,
            Prologue = bobPrologue ?? [],
        });
    }

    public NoiseHandshake Alice { get; }

    public NoiseHandshake Bob { get; }

    public byte[] AlicePublicKey => _aliceKey.PublicKey.ToArray();

    public byte[] BobPublicKey => _bobKey.PublicKey.ToArray();

    /// <summary>
    /// Runs the handshake with <paramref name="payload"/> in each message; the wire may change each message on its way.
    /// </summary>
    /// <returns>Whether both sides completed.</returns>
    public bool Run(byte[] payload, Func<int, byte[], byte[]>? wire = null)
    {
        for (int i = 0; !(Alice.IsComplete && Bob.IsComplete); i++)
        {
            (NoiseHandshake writer, NoiseHandshake reader) = i % 2 == 0 ? (Alice, Bob) : (Bob, Alice);
            var message = new byte[payload.Length + writer.NextOverhead];
            if (!writer.TryWriteMessage(payload, message, out _))
            {
                return false;
            }

            byte[] arrived = wire is null ? message : wire(i, message);
            if (!reader.TryReadMessage(arrived, new byte[arrived.Length], out _))
            {
                return false;
            }
        }

        return true;
    }

    public static byte[] Seed(byte value) => [.. Enumerable.Repeat(value, X25519PrivateKey.SeedSize)];

    public void Dispose()
    {
        Alice.Dispose();
        Bob.Dispose();
        _aliceKey.Dispose();
        _bobKey.Dispose();
    }
}
