namespace Chain.Core.Crypto;

/// <summary>What one side brings to a handshake.</summary>
public sealed class NoiseHandshakeSettings
{
    /// <summary>The pattern; both sides must have the same.</summary>
    public required NoiseProtocol Protocol { get; init; }

    /// <summary>This side.</summary>
    public required NoiseRole Role { get; init; }

    /// <summary>
    /// 32 fresh random bytes for the ephemeral key. Pure code has no entropy, so the host brings them; used
    /// twice, they give the sessions away.
    /// </summary>
    public required ReadOnlyMemory<byte> EphemeralSeed { get; init; }

    /// <summary>This side's static key, where the pattern has one. It stays the caller's to dispose.</summary>
    public X25519PrivateKey? StaticKey { get; init; }

    /// <summary>The peer's static public key (32 bytes), where the pattern says that it is known beforehand; else empty.</summary>
    public ReadOnlyMemory<byte> RemoteStaticKey { get; init; }

    /// <summary>Bytes that both sides must agree on, such as the network id; not sent.</summary>
    public ReadOnlyMemory<byte> Prologue { get; init; }

    /// <summary>The pre-shared keys (<see cref="NoiseProtocol.PresharedKeySize"/> bytes each) in the order of the pattern; empty for patterns without.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> PresharedKeys { get; init; } = [];
}
