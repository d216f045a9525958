namespace Chain.Core.Crypto;

/// <summary>
/// The verifiable random function of RFC 9381 over edwards25519: for one key and one input there is exactly one output,
/// only the holder of the key can compute it, and a proof shows everybody that it is right.
/// </summary>
/// <remarks>
/// Public keys are validated (section 5.4.5): without that, a key of small order would have outputs of its choice. Keys
/// and proofs in a non-canonical encoding are refused, and so is s ≥ L.
/// </remarks>
public static class Vrf
{
    /// <summary>Length of a public key in bytes: that of Ed25519 from the same seed.</summary>
    public const int PublicKeySize = 32;

    /// <summary>Length of a proof in bytes: Γ (32), c (16), s (32).</summary>
    public const int ProofSize = VrfProof.Size;

    /// <summary>Length of an output in bytes.</summary>
    public const int OutputSize = 64;

    /// <summary>
    /// Whether <paramref name="proof"/> shows the output of this key for <paramref name="input"/>, which is then written to
    /// the start of <paramref name="output"/>; otherwise that is left alone. Wrong lengths are false.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="output"/> is shorter than 64 bytes, or the suite is not one of those named.
    /// </exception>
    public static bool Verify(
        VrfSuite suite, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> input, ReadOnlySpan<byte> proof, Span<byte> output)
    {
        Require(suite);
        RequireOutput(output);
        return TryDecodePublicKey(publicKey, out EdwardsPoint key)
            && VrfProof.TryDecode(proof, out VrfProof decoded)
            && VrfEquation.Holds(suite, publicKey, key, input, proof, decoded, output);
    }

    /// <summary>
    /// The output that a proof shows, without checking that it does (section 5.2): only for proofs verified before, or
    /// just made. False for a malformed proof.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="output"/> is shorter than 64 bytes, or the suite is not one of those named.
    /// </exception>
    public static bool TryProofToHash(VrfSuite suite, ReadOnlySpan<byte> proof, Span<byte> output)
    {
        Require(suite);
        RequireOutput(output);
        if (!VrfProof.TryDecode(proof, out VrfProof decoded))
        {
            return false;
        }

        Span<byte> encoded = stackalloc byte[FieldElement.Size];
        decoded.Gamma.MultiplyByCofactor().Encode(encoded);
        VrfTranscript.Output(suite, encoded, output);
        return true;
    }

    /// <summary>Whether this is the canonical encoding of a point that is not of small order.</summary>
    public static bool IsValidPublicKey(ReadOnlySpan<byte> publicKey) => TryDecodePublicKey(publicKey, out _);

    internal static void Require(VrfSuite suite)
    {
        if (suite is not (VrfSuite.Edwards25519Sha512Tai or VrfSuite.Edwards25519Sha512Elligator2))
        {
            throw new ArgumentException($"There is no suite {suite}.", nameof(suite));
        }
    }

    private static bool TryDecodePublicKey(ReadOnlySpan<byte> publicKey, out EdwardsPoint point)
    {
        point = EdwardsPoint.Identity;
        return publicKey.Length == PublicKeySize
            && CanonicalPoint.TryDecode(publicKey, out point)
            && !point.MultiplyByCofactor().IsIdentity;
    }

    private static void RequireOutput(Span<byte> output)
    {
        if (output.Length < OutputSize)
        {
            throw new ArgumentException($"An output has {OutputSize} bytes.", nameof(output));
        }
    }
}
