namespace Chain.Core.Crypto;

/// <summary>
/// The equation of <see cref="Ed25519Equation"/> for one signature, with AVX2: the four coordinates of a point side by side
/// (<see cref="QuadProducts"/>), and half the doublings (<see cref="HalfScalars"/>). The square roots for A and R are taken at
/// once, in two lanes.
/// </summary>
internal static unsafe class QuadVerifier
{
    private const int Half = 32;
    private const int Element = QuadCurve.Element;

    // Lanes of the two points that are decoded together.
    private const int KeyLane = 0;
    private const int NonceLane = 1;

    /// <summary>Whether the signature is valid; wrong lengths are not.</summary>
    public static bool Holds(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!Ed25519Equation.IsWellFormed(publicKey, signature))
        {
            return false;
        }

        using var work = new LaneWorkspace<LaneField256>();
        if (!TryDecode(work, publicKey, signature[..Half]))
        {
            return false;
        }

        // 8·(vS·B − u·A − v·R) = 0, with the points negated already.
        var halves = HalfScalars.Split(Ed25519Equation.Challenge(signature[..Half], publicKey, message));
        EdwardsPoint key = ReadPoint(work, KeyLane);
        EdwardsPoint sum = QuadProducts.Compute(
            Scalar25519.MultiplyByHalf(halves.V, Scalar25519.Parse(signature[Half..])),
            halves.ScalarU, halves.IsNegative ? -key : key,
            halves.ScalarV, ReadPoint(work, NonceLane));
        return sum.MultiplyByCofactor().IsIdentity;
    }

    /// <summary>Leaves −A and −R in two lanes of the workspace's point; false where either is no point.</summary>
    private static bool TryDecode(
        in LaneWorkspace<LaneField256> work, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> nonce)
    {
        const int Both = (1 << KeyLane) | (1 << NonceLane);
        FieldElement keyY = FieldElement.Parse(publicKey);
        FieldElement nonceY = FieldElement.Parse(nonce);
        for (int lane = 0; lane < LaneField256.Lanes; lane++)
        {
            LaneLimbs.WriteUnbalanced(work.Y + lane, LaneField256.Lanes, lane == KeyLane ? keyY : nonceY);
        }

        int signs = ((publicKey[Half - 1] >> 7) << KeyLane) | ((nonce[Half - 1] >> 7) << NonceLane);
        int decoded = 0;
        LaneKeys<LaneField256>.DecodeNegative(work, [signs], new Span<int>(ref decoded));
        return (decoded & Both) == Both;
    }

    /// <summary>The point in a lane, with all four coordinates doubled: 2X = V − U, 2Y = V + U.</summary>
    private static EdwardsPoint ReadPoint(in LaneWorkspace<LaneField256> work, int lane)
    {
        FieldElement u = LaneLimbs.Read(work.Point + lane, LaneField256.Lanes);
        FieldElement v = LaneLimbs.Read(work.Point + Element + lane, LaneField256.Lanes);
        FieldElement z = LaneLimbs.Read(work.Point + (2 * Element) + lane, LaneField256.Lanes);
        FieldElement t = LaneLimbs.Read(work.Point + (3 * Element) + lane, LaneField256.Lanes);
        return new EdwardsPoint((v - u).Reduce(), (v + u).Reduce(), (z + z).Reduce(), (t + t).Reduce());
    }
}
