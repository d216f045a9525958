namespace Chain.Core.Crypto;

/// <summary>A proof of RFC 9381 taken apart: Γ ‖ c ‖ s, little-endian numbers.</summary>
internal readonly struct VrfProof
{
    /// <summary>Length in bytes.</summary>
    public const int Size = GammaSize + ChallengeSize + Scalar25519.Size;

    public const int GammaSize = FieldElement.Size;

    /// <summary>Length of the challenge c in bytes: half a scalar.</summary>
    public const int ChallengeSize = 16;

    private VrfProof(in EdwardsPoint gamma, in Scalar25519 challenge, in Scalar25519 s)
    {
        Gamma = gamma;
        Challenge = challenge;
        S = s;
    }

    public EdwardsPoint Gamma { get; }

    /// <summary>Below 2¹²⁸.</summary>
    public Scalar25519 Challenge { get; }

    /// <summary>Below L.</summary>
    public Scalar25519 S { get; }

    /// <summary>Section 5.4.4; false for another length, a Γ that is not canonical or not on the curve, and s ≥ L.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out VrfProof proof)
    {
        proof = default;
        if (bytes.Length != Size
            || !Scalar25519.TryParseCanonical(bytes[(GammaSize + ChallengeSize)..], out Scalar25519 s)
            || !CanonicalPoint.TryDecode(bytes[..GammaSize], out EdwardsPoint gamma))
        {
            return false;
        }

        proof = new VrfProof(gamma, ParseChallenge(bytes.Slice(GammaSize, ChallengeSize)), s);
        return true;
    }

    private static Scalar25519 ParseChallenge(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[Scalar25519.Size];
        padded.Clear();
        bytes.CopyTo(padded);
        return Scalar25519.Parse(padded);
    }
}
