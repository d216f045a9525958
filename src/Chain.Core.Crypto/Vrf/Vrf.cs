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
        return Verify(suite, publicKey, input, proof, output, CryptoPath.Auto.Resolve());
    }

    /// <summary>
    /// Checks many proofs and gives each its exact verdict: <c>verdicts[i]</c> is what <see cref="Verify(VrfSuite, ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte}, Span{byte})"/>
    /// says of <c>claims[i]</c>, on every path. Runs on the calling thread, one after the other.
    /// </summary>
    /// <param name="suite">The suite of all of them.</param>
    /// <param name="claims">What to check; wrong lengths are a false verdict.</param>
    /// <param name="verdicts">Takes one verdict a claim; what lies beyond is left alone.</param>
    /// <param name="outputs">Takes 64 bytes a claim, end to end: the output, or zeros where the verdict is false.</param>
    /// <param name="path">The instructions to use; <see cref="CryptoPath.Avx512"/> has no wider code than AVX2 here.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="verdicts"/> or <paramref name="outputs"/> is too short, or the suite is not one of those named.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">This machine does not support <paramref name="path"/>.</exception>
    public static void VerifyMany(
        VrfSuite suite,
        ReadOnlySpan<VrfClaim> claims,
        Span<bool> verdicts,
        Span<byte> outputs,
        CryptoPath path = CryptoPath.Auto)
    {
        Require(suite);
        Sizes.RequireAtLeast(verdicts.Length, claims.Length, nameof(verdicts));
        Sizes.RequireAtLeast(outputs.Length, claims.Length * OutputSize, nameof(outputs));
        path = path.Resolve();
        for (int i = 0; i < claims.Length; i++)
        {
            Span<byte> output = outputs.Slice(i * OutputSize, OutputSize);
            output.Clear();
            verdicts[i] = Verify(suite, claims[i].PublicKey.Span, claims[i].Input.Span, claims[i].Proof.Span, output, path);
        }
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

    private static bool Verify(
        VrfSuite suite,
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> input,
        ReadOnlySpan<byte> proof,
        Span<byte> output,
        CryptoPath path) =>
        TryDecodePublicKey(publicKey, out EdwardsPoint key)
            && VrfProof.TryDecode(proof, out VrfProof decoded)
            && VrfEquation.Holds(suite, publicKey, key, input, proof, decoded, output, path);

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
