namespace Chain.Core.Crypto;

/// <summary>A claim to check: this proof shows the output of this key for this input.</summary>
/// <param name="PublicKey">The public key.</param>
/// <param name="Input">The input (alpha in RFC 9381).</param>
/// <param name="Proof">The proof (pi in RFC 9381).</param>
public readonly record struct VrfClaim(ReadOnlyMemory<byte> PublicKey, ReadOnlyMemory<byte> Input, ReadOnlyMemory<byte> Proof);
