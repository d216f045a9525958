namespace Chain.Core.Crypto;

/// <summary>Verification of RFC 9381, section 5.3: c is the challenge over U = s·B − c·Y and V = s·H − c·Γ.</summary>
internal static class VrfEquation
{
    /// <summary>Writes the output where the proof holds; <paramref name="key"/> is the decoded and validated public key, <paramref name="path"/> a concrete path.</summary>
    public static bool Holds(
        VrfSuite suite,
        ReadOnlySpan<byte> publicKey,
        in EdwardsPoint key,
        ReadOnlySpan<byte> input,
        ReadOnlySpan<byte> proofBytes,
        in VrfProof proof,
        Span<byte> output,
        CryptoPath path)
    {
        if (!VrfInput.TryEncodeToCurve(suite, publicKey, input, out EdwardsPoint h))
        {
            return false;
        }

        // AVX-512 has no code of its own here.
        (EdwardsPoint u, EdwardsPoint v) = path == CryptoPath.Portable
            ? (VrfProducts.BaseTimes(proof.S, proof.Challenge, -key), VrfProducts.PointTimes(h, proof.S, proof.Challenge, -proof.Gamma))
            : (QuadProducts.BaseTimes(proof.S, proof.Challenge, -key), QuadProducts.PointTimes(h, proof.S, proof.Challenge, -proof.Gamma));
        Span<EdwardsPoint> points = [h, u, v, proof.Gamma.MultiplyByCofactor()];
        Span<byte> encoded = stackalloc byte[4 * FieldElement.Size];
        CanonicalPoint.Encode(points, encoded);

        ReadOnlySpan<byte> gamma = proofBytes[..VrfProof.GammaSize];
        Span<byte> challenge = stackalloc byte[VrfProof.ChallengeSize];
        VrfTranscript.Challenge(suite, publicKey, encoded[..32], gamma, encoded[32..64], encoded[64..96], challenge);
        if (!challenge.SequenceEqual(proofBytes.Slice(VrfProof.GammaSize, VrfProof.ChallengeSize)))
        {
            return false;
        }

        VrfTranscript.Output(suite, encoded[96..], output);
        return true;
    }
}
