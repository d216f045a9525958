namespace Chain.Core.Crypto;

/// <summary>Verifies many signatures one after the other, with one inversion for a batch (Montgomery's trick).</summary>
internal static class PortableVerifier
{
    private const int AtOnce = 32;

    /// <summary>Writes a verdict for every claim.</summary>
    public static void Verify(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts)
    {
        Span<EdwardsPoint> expected = new EdwardsPoint[Math.Min(AtOnce, claims.Length)];
        for (int start = 0; start < claims.Length; start += AtOnce)
        {
            int count = Math.Min(AtOnce, claims.Length - start);
            VerifyBatch(claims.Slice(start, count), verdicts.Slice(start, count), expected);
        }
    }

    private static void VerifyBatch(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts, Span<EdwardsPoint> expected)
    {
        Span<FieldElement> products = stackalloc FieldElement[AtOnce];
        FieldElement product = FieldElement.One;
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = Ed25519Equation.TryComputeExpected(
                claims[i].PublicKey.Span, claims[i].Message.Span, claims[i].Signature.Span, out expected[i]);
            products[i] = product;
            product *= expected[i].Z;                    // never 0
        }

        FieldElement inverse = product.Invert();
        for (int i = claims.Length - 1; i >= 0; i--)
        {
            verdicts[i] = verdicts[i]
                && Ed25519Equation.Matches(expected[i], inverse * products[i], claims[i].Signature.Span[..32]);
            inverse *= expected[i].Z;
        }
    }
}
