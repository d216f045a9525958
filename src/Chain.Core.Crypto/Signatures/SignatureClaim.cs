namespace Chain.Core.Crypto;

/// <summary>A claim to check: this key signed this message with this signature.</summary>
/// <param name="PublicKey">The public key, without its scheme tag.</param>
/// <param name="Message">The signed bytes.</param>
/// <param name="Signature">The signature, without its scheme tag.</param>
public readonly record struct SignatureClaim(
    ReadOnlyMemory<byte> PublicKey,
    ReadOnlyMemory<byte> Message,
    ReadOnlyMemory<byte> Signature);
