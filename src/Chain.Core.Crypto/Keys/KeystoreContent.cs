namespace Chain.Core.Crypto;

/// <summary>All that a keystore file holds.</summary>
internal sealed record KeystoreContent
{
    public required KeystoreKdf Kdf { get; init; }

    public required byte[] Salt { get; init; }

    public required byte[] Iv { get; init; }

    public required byte[] Checksum { get; init; }

    public required byte[] Ciphertext { get; init; }

    public required string Path { get; init; }

    public required ReadOnlyMemory<byte> PublicKey { get; init; }

    public required string Description { get; init; }

    public required Guid Uuid { get; init; }
}
