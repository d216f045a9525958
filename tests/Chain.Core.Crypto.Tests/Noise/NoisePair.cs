namespace Chain.Core.Crypto.Tests.Noise;

/// <summary>Alice dials Bob; every key comes from one seed byte a party.</summary>
internal sealed class NoisePair : IDisposable
{
    private static readonly X25519PrivateKey AliceKey = new(Seed(1));
    private static readonly X25519PrivateKey BobKey = new(Seed(2));

    public NoisePair(NoiseProtocol protocol, byte[]? alicePrologue = null, byte[]? bobPrologue = null, byte bobEphemeral = 4)
    {
        Alice = new NoiseHandshake(new NoiseHandshakeSettings
        {
            Protocol = protocol,
            Role = NoiseRole.Initiator,
            EphemeralSeed = Seed(3),
            StaticKey = AliceKey,
            RemoteStaticKey = protocol.NeedsRemoteStaticKey(NoiseRole.Initiator) ? BobKey.PublicKey : default,
            Prologue = alicePrologue ?? [],
        });
        Bob = new NoiseHandshake(new NoiseHandshakeSettings
        {
            Protocol = protocol,
            Role = NoiseRole.Responder,
            EphemeralSeed = Seed(bobEphemeral),
            StaticKey = BobKey,
            RemoteStaticKey = protocol.NeedsRemoteStaticKey(NoiseRole.Responder) ? AliceKey.PublicKey : default,
            Prologue = bobPrologue ?? [],
        });
    }

    public NoiseHandshake Alice { get; }

    public NoiseHandshake Bob { get; }

    public static byte[] AlicePublicKey => AliceKey.PublicKey.ToArray();

    public static byte[] BobPublicKey => BobKey.PublicKey.ToArray();

    /// <summary>
    /// Runs the handshake with <paramref name="payload"/> in each message; the wire may change each message on its way.
    /// </summary>
    /// <returns>Whether both sides completed.</returns>
    public bool Run(byte[] payload, Func<int, byte[], byte[]>? wire = null) => Run(Alice, Bob, payload, wire);

    /// <inheritdoc cref="Run(byte[], Func{int, byte[], byte[]}?)"/>
    public static bool Run(NoiseHandshake initiator, NoiseHandshake responder, byte[] payload, Func<int, byte[], byte[]>? wire)
    {
        for (int i = 0; !(initiator.IsComplete && responder.IsComplete); i++)
        {
            (NoiseHandshake writer, NoiseHandshake reader) = i % 2 == 0 ? (initiator, responder) : (responder, initiator);
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
    }
}
