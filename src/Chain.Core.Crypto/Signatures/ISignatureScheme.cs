namespace Chain.Core.Crypto;

/// <summary>Verification under one signature scheme. Implementations are stateless and safe for any thread.</summary>
public interface ISignatureScheme
{
    /// <summary>The tag that names this scheme in keys and signatures.</summary>
    SignatureSchemeTag Tag { get; }

    /// <summary>Length of a public key in bytes, without the tag.</summary>
    int PublicKeySize { get; }

    /// <summary>Length of a signature in bytes, without the tag.</summary>
    int SignatureSize { get; }

    /// <summary>Whether the signature is valid; malformed keys and signatures of any length are simply not.</summary>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    /// <summary>
    /// Checks many signatures and gives <em>each</em> its exact verdict: <c>verdicts[i]</c> equals
    /// <see cref="Verify"/> of <c>claims[i]</c>. Runs on the calling thread.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="verdicts"/> is shorter than <paramref name="claims"/>.</exception>
    void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts);
}
