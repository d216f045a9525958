namespace Chain.Core.Crypto;

/// <summary>
/// The equation of <see cref="Ed25519Equation"/> for one signature, with AVX2: the four coordinates of a point side by side.
/// The square roots for A and R are taken at once, in two lanes.
/// </summary>
internal static unsafe class QuadVerifier
{
    private const int Half = 32;
    private const int KeyWidth = 5;
    private const int KeyEntries = 1 << (KeyWidth - 2);
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

        double* nonce = work.Results;
        double* keyTable = nonce + Element;
        double* sum = keyTable + (KeyEntries * Element);
        double* scratch = sum + Element;
        double* constants = scratch + QuadCurve.ScratchLength;
        WriteConstants(constants);
        ToQuad(work, KeyLane, sum);
        ToQuad(work, NonceLane, nonce);
        LaneField256.Multiply(nonce, nonce, constants);
        FillKeyTable(keyTable, sum, scratch, constants);

        Scalar25519 k = Ed25519Equation.Challenge(signature[..Half], publicKey, message);
        Walk(sum, keyTable, scratch, Scalar25519.Parse(signature[Half..]), k);
        QuadCurve.Add(sum, nonce, scratch);
        for (int i = 0; i < 3; i++)
        {
            QuadCurve.Double(sum, scratch);
        }

        return IsIdentity(sum);
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

    /// <summary>Gathers the four coordinates of the point in a lane.</summary>
    private static void ToQuad(in LaneWorkspace<LaneField256> work, int lane, double* point)
    {
        for (int coordinate = 0; coordinate < 4; coordinate++)
        {
            for (int limb = 0; limb < 5; limb++)
            {
                point[(4 * limb) + coordinate] = work.Point[(Element * coordinate) + (4 * limb) + lane];
            }
        }
    }

    /// <summary>1, 1, 1, 2d: turns U, V, Z, T into an entry.</summary>
    private static void WriteConstants(double* constants)
    {
        for (int lane = 0; lane < 3; lane++)
        {
            LaneLimbs.Write(constants + lane, 4, FieldElement.One);
        }

        LaneLimbs.Write(constants + 3, 4, FieldElement.TwoD);
    }

    /// <summary>The odd multiples 1 to 15 of <paramref name="point"/>, which becomes the last of them.</summary>
    private static void FillKeyTable(double* table, double* point, double* scratch, double* constants)
    {
        double* twice = table + Element;               // until the second entry takes its place
        new ReadOnlySpan<double>(point, Element).CopyTo(new Span<double>(twice, Element));
        LaneField256.Multiply(table, point, constants);
        double* step = table + ((KeyEntries - 1) * Element);
        QuadCurve.Double(twice, scratch);
        LaneField256.Multiply(step, twice, constants); // until the last entry takes its place
        for (int i = 1; i < KeyEntries; i++)
        {
            QuadCurve.Add(point, step, scratch);
            LaneField256.Multiply(table + (i * Element), point, constants);
        }
    }

    /// <summary>S·B + k·(−A) into <paramref name="sum"/>.</summary>
    private static void Walk(double* sum, double* keyTable, double* scratch, in Scalar25519 s, in Scalar25519 k)
    {
        Span<sbyte> baseDigits = stackalloc sbyte[NonAdjacentForm.Length];
        Span<sbyte> keyDigits = stackalloc sbyte[NonAdjacentForm.Length];
        int length = Math.Max(
            NonAdjacentForm.Recode(s, BasePointTable.Width, baseDigits),
            NonAdjacentForm.Recode(k, KeyWidth, keyDigits));
        double* baseTable = QuadBaseTable.Entries;
        double* negative = scratch + QuadCurve.ScratchLength + Element;
        SetIdentity(sum);
        for (int i = length - 1; i >= 0; i--)
        {
            QuadCurve.Double(sum, scratch);
            AddDigit(sum, keyTable, keyDigits[i], negative, scratch);
            AddDigit(sum, baseTable, baseDigits[i], negative, scratch);
        }
    }

    private static void AddDigit(double* sum, double* table, int digit, double* negative, double* scratch)
    {
        if (digit > 0)
        {
            QuadCurve.Add(sum, table + ((digit >> 1) * Element), scratch);
        }
        else if (digit < 0)
        {
            QuadCurve.Negate(negative, table + ((-digit >> 1) * Element));
            QuadCurve.Add(sum, negative, scratch);
        }
    }

    private static void SetIdentity(double* point)
    {
        new Span<double>(point, Element).Clear();
        point[0] = 1;
        point[1] = 1;
        point[2] = 1;
    }

    /// <summary>X = 0 and Y = Z, from Y − X, Y + X and Z.</summary>
    private static bool IsIdentity(double* point)
    {
        FieldElement u = LaneLimbs.Read(point, 4);
        FieldElement v = LaneLimbs.Read(point + 1, 4);
        FieldElement z = LaneLimbs.Read(point + 2, 4);
        return u.IsSame(v) && u.IsSame(z);
    }
}
