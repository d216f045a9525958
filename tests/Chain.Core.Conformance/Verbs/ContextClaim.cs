using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>A claim to check, with the context string of the schemes that have one.</summary>
/// <param name="Signed">Key, message and signature.</param>
/// <param name="Context">Empty for the other schemes.</param>
internal readonly record struct ContextClaim(SignatureClaim Signed, ReadOnlyMemory<byte> Context);
