namespace Chain.Core.Crypto;

/// <summary>
/// Verifies many signatures, one in each lane, with an exact verdict for each: the same equation as
/// <see cref="Ed25519Equation"/>, for as many signatures at once as there are lanes.
/// </summary>
internal static unsafe class LaneVerifier<TField, THash>
    where TField : struct, ILaneField
    where THash : struct, ILaneSha512
{
    private const int Half = 32;

    private static int Element => 5 * TField.Lanes;

    /// <summary>Writes a verdict for every claim; keys in <paramref name="cache"/> take the short way.</summary>
    public static void Verify(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts, Ed25519KeyCache? cache)
    {
        using var work = new LaneWorkspace<TField>();
        using var challenges = new LaneChallenges<THash>();
        int capacity = LaneWorkspace<TField>.GroupsAtOnce * TField.Lanes;
        Span<int> known = stackalloc int[capacity];
        Span<int> unknown = stackalloc int[TField.Lanes];
        int knownCount = 0;
        int unknownCount = 0;
        for (int i = 0; i < claims.Length; i++)
        {
            ReadOnlySpan<byte> key = claims[i].PublicKey.Span;
            verdicts[i] = false;
            if (!Ed25519Equation.IsWellFormed(key, claims[i].Signature.Span))
            {
                continue;
            }

            if (cache is not null && cache.Find(key) is not null)
            {
                known[knownCount++] = i;
            }
            else
            {
                unknown[unknownCount++] = i;
            }

            if (knownCount == capacity)
            {
                VerifyKnown(work, challenges, claims, known, cache!, verdicts);
                knownCount = 0;
            }

            if (unknownCount == TField.Lanes)
            {
                VerifyUnknown(work, challenges, claims, unknown, verdicts);
                unknownCount = 0;
            }
        }

        VerifyKnown(work, challenges, claims, known[..knownCount], cache!, verdicts);
        VerifyUnknown(work, challenges, claims, unknown[..unknownCount], verdicts);
    }

    /// <summary>
    /// Verifies claims whose keys are all in the cache: computes S·B − k·A and compares its encoding with R, one inversion for
    /// all groups.
    /// </summary>
    private static void VerifyKnown(
        in LaneWorkspace<TField> work,
        in LaneChallenges<THash> challenges,
        ReadOnlySpan<SignatureClaim> claims,
        ReadOnlySpan<int> chosen,
        Ed25519KeyCache cache,
        Span<bool> verdicts)
    {
        if (chosen.IsEmpty)
        {
            return;
        }

        int groups = (chosen.Length + TField.Lanes - 1) / TField.Lanes;
        Span<Scalar25519> scalars = stackalloc Scalar25519[TField.Lanes];
        for (int group = 0; group < groups; group++)
        {
            ReadOnlySpan<int> members = Members(chosen, group);
            challenges.Compute(claims, members, scalars);
            for (int lane = 0; lane < TField.Lanes; lane++)
            {
                scalars[lane].CopySignedNibbles(work.ChallengeDigits(lane));
                Scalar25519.Parse(Claim(claims, members, lane).Signature.Span[Half..]).CopySignedBytes(work.ScalarDigits(lane));
            }

            ComputeKnown(work, claims, members, cache);
            KeepResult(work, group);
        }

        InvertProducts(work, groups);
        for (int group = groups - 1; group >= 0; group--)
        {
            Judge(work, claims, Members(chosen, group), group, verdicts);
        }
    }

    /// <summary>
    /// Verifies a group of claims whose keys are to be decoded, and with them R: 8·(vS·B − u·A − v·R) = 0 with halves of k
    /// (<see cref="HalfScalars"/>).
    /// </summary>
    private static void VerifyUnknown(
        in LaneWorkspace<TField> work,
        in LaneChallenges<THash> challenges,
        ReadOnlySpan<SignatureClaim> claims,
        ReadOnlySpan<int> members,
        Span<bool> verdicts)
    {
        if (members.IsEmpty)
        {
            return;
        }

        Span<Scalar25519> scalars = stackalloc Scalar25519[TField.Lanes];
        challenges.Compute(claims, members, scalars);
        for (int lane = 0; lane < TField.Lanes; lane++)
        {
            CopyHalves(work, lane, scalars[lane], Scalar25519.Parse(Claim(claims, members, lane).Signature.Span[Half..]));
        }

        Span<int> decoded = stackalloc int[2];
        LaneKeys<TField>.DecodeNegative(
            work, [ReadKeys(work.Y, claims, members), ReadNonces(work.Y + Element, claims, members)], decoded);
        LaneKeys<TField>.FillTables(work, work.KeyTables);
        new ReadOnlySpan<double>(work.Point + (4 * Element), 4 * Element).CopyTo(new Span<double>(work.Point, 4 * Element));
        LaneKeys<TField>.FillTables(work, work.NonceTables);
        LaneProduct<TField>.Compute(work);

        // 8P = 0 exactly where 4P is 0 or the point of order 2, the two points with x = 0, which is where U = V.
        LaneCurve<TField>.Double(work.Point, work.CurveScratch, withT: false);
        LaneCurve<TField>.Double(work.Point, work.CurveScratch, withT: false);
        TField.Subtract(work.Temporaries, work.Point, work.Point + Element);
        int good = decoded[0] & decoded[1] & TField.ZeroLanes(work.Temporaries);
        for (int lane = 0; lane < members.Length; lane++)
        {
            verdicts[members[lane]] = ((good >> lane) & 1) != 0;
        }
    }

    /// <summary>Fills the digits of u, v and vS.</summary>
    private static void CopyHalves(in LaneWorkspace<TField> work, int lane, in Scalar25519 k, in Scalar25519 s)
    {
        var halves = HalfScalars.Split(k);
        Span<sbyte> digits = work.ChallengeDigits(lane);

        // The sum of the halves' digits carries nothing from the lower to the upper one, as both are below 2¹²⁶·1.8.
        halves.Both.CopySignedNibbles(digits);
        if (halves.IsNegative)
        {
            foreach (ref sbyte digit in digits[..(digits.Length / 2)])
            {
                digit = (sbyte)-digit;
            }
        }

        Scalar25519.MultiplyByHalf(halves.V, s).CopySignedBytes(work.ScalarDigits(lane));
    }

    private static void ComputeKnown(
        in LaneWorkspace<TField> work, ReadOnlySpan<SignatureClaim> claims, ReadOnlySpan<int> members, Ed25519KeyCache cache)
    {
        double** tables = stackalloc double*[TField.Lanes];
        for (int lane = 0; lane < TField.Lanes; lane++)
        {
            // The cache keeps the table reachable, and so in place, until this call ends.
            tables[lane] = cache.Find(Claim(claims, members, lane).PublicKey.Span)!.Start;
        }

        LaneProduct<TField>.ComputeKnown(work, tables);
        GC.KeepAlive(cache);
    }

    private static ReadOnlySpan<int> Members(ReadOnlySpan<int> chosen, int group)
    {
        int start = group * TField.Lanes;
        return chosen.Slice(start, Math.Min(TField.Lanes, chosen.Length - start));
    }

    /// <summary>The claim in a lane; the lanes beyond the members repeat the last one.</summary>
    private static ref readonly SignatureClaim Claim(ReadOnlySpan<SignatureClaim> claims, ReadOnlySpan<int> members, int lane) =>
        ref claims[members[Math.Min(lane, members.Length - 1)]];

    /// <summary>The y of every key, as read; a bit for each lane: the sign of x.</summary>
    private static int ReadKeys(double* y, ReadOnlySpan<SignatureClaim> claims, ReadOnlySpan<int> members)
    {
        int signs = 0;
        for (int lane = 0; lane < TField.Lanes; lane++)
        {
            signs |= ReadPoint(y, lane, Claim(claims, members, lane).PublicKey.Span);
        }

        return signs;
    }

    /// <summary>The same of every R.</summary>
    private static int ReadNonces(double* y, ReadOnlySpan<SignatureClaim> claims, ReadOnlySpan<int> members)
    {
        int signs = 0;
        for (int lane = 0; lane < TField.Lanes; lane++)
        {
            signs |= ReadPoint(y, lane, Claim(claims, members, lane).Signature.Span[..Half]);
        }

        return signs;
    }

    private static int ReadPoint(double* y, int lane, ReadOnlySpan<byte> bytes)
    {
        LaneLimbs.WriteUnbalanced(y + lane, TField.Lanes, FieldElement.Parse(bytes));
        return (bytes[Half - 1] >> 7) << lane;
    }

    /// <summary>Keeps U, V and 2Z, and multiplies up the 2Z.</summary>
    private static void KeepResult(in LaneWorkspace<TField> work, int group)
    {
        double* result = work.Results + (3 * Element * group);
        double* product = work.Products + (Element * group);
        new ReadOnlySpan<double>(work.Point, 2 * Element).CopyTo(new Span<double>(result, 2 * Element));
        double* z = work.Point + (2 * Element);
        TField.Add(result + (2 * Element), z, z);
        TField.Multiply(product, result + (2 * Element), group == 0 ? work.One : product - Element);
    }

    /// <summary>Replaces the last product by its inverse (Montgomery's trick; no Z is ever 0).</summary>
    private static void InvertProducts(in LaneWorkspace<TField> work, int groups)
    {
        double* last = work.Products + (Element * (groups - 1));
        LanePowers<TField>.Invert(work.Temporaries, last, work.PowerScratch);
        new ReadOnlySpan<double>(work.Temporaries, Element).CopyTo(new Span<double>(last, Element));
    }

    /// <summary>Compares S·B − k·A with R. Called from the last group to the first: each call passes the inverse on.</summary>
    private static void Judge(
        in LaneWorkspace<TField> work,
        ReadOnlySpan<SignatureClaim> claims,
        ReadOnlySpan<int> members,
        int group,
        Span<bool> verdicts)
    {
        ToAffine(work, group);
        int signs = ReadNonces(work.Point, claims, members);
        double* difference = work.Temporaries;
        TField.Subtract(difference, work.Y, work.Point);

        // The same y and the same parity of x: R decodes to this very point.
        int same = TField.ZeroLanes(difference) & ~(TField.OddLanes(work.X) ^ signs);
        for (int lane = 0; lane < members.Length; lane++)
        {
            int bit = 1 << lane;
            verdicts[members[lane]] = (same & bit) != 0
                || MatchesUpToCofactor(work, lane, claims[members[lane]].Signature.Span);
        }
    }

    /// <summary>x and y of the group's result into X and Y: y = (V + U) / 2Z, x = (V − U) / 2Z.</summary>
    private static void ToAffine(in LaneWorkspace<TField> work, int group)
    {
        double* u = work.Results + (3 * Element * group);
        double* v = u + Element;
        double* twoZ = v + Element;
        double* running = work.Products + (Element * group);
        double* inverse = work.Temporaries;
        TField.Multiply(inverse, running, group == 0 ? work.One : running - Element);
        if (group > 0)
        {
            TField.Multiply(running - Element, running, twoZ);
        }

        TField.Add(work.Y, v, u);
        TField.Multiply(work.Y, work.Y, inverse);
        TField.Subtract(work.X, v, u);
        TField.Multiply(work.X, work.X, inverse);
    }

    private static bool MatchesUpToCofactor(in LaneWorkspace<TField> work, int lane, ReadOnlySpan<byte> signature)
    {
        FieldElement x = LaneLimbs.Read(work.X + lane, TField.Lanes);
        FieldElement y = LaneLimbs.Read(work.Y + lane, TField.Lanes);
        return Ed25519Equation.MatchesUpToCofactor(new EdwardsPoint(x, y, FieldElement.One, x * y), signature[..Half]);
    }
}
