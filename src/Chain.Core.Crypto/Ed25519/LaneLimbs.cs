namespace Chain.Core.Crypto;

/// <summary>Between <see cref="FieldElement"/> and one lane of an element of <see cref="ILaneField"/>.</summary>
internal static unsafe class LaneLimbs
{
    private const int Radix = 51;

    /// <summary>Writes an element to a lane; its limbs become at most 2⁵⁰ + 19 in absolute value.</summary>
    /// <param name="lane">The lane's place in the first limb.</param>
    /// <param name="stride">Doubles from limb to limb.</param>
    /// <param name="element">What to write.</param>
    public static void Write(double* lane, int stride, in FieldElement element)
    {
        FieldElement r = element.Reduce();
        long carry = 0;
        lane[0] = Balance(r.L0, ref carry);
        lane[stride] = Balance(r.L1, ref carry);
        lane[2 * stride] = Balance(r.L2, ref carry);
        lane[3 * stride] = Balance(r.L3, ref carry);
        lane[4 * stride] = Balance(r.L4, ref carry);
        lane[0] += 19 * carry;
    }

    /// <summary>Writes the limbs of an element as they are, each below 2⁵¹.</summary>
    public static void WriteUnbalanced(double* lane, int stride, in FieldElement element)
    {
        lane[0] = element.L0;
        lane[stride] = element.L1;
        lane[2 * stride] = element.L2;
        lane[3 * stride] = element.L3;
        lane[4 * stride] = element.L4;
    }

    /// <summary>Reads an element from a lane; tight.</summary>
    public static FieldElement Read(double* lane, int stride)
    {
        // Twice p, limb by limb, makes every limb positive.
        const long First = (1L << 52) - 38;
        const long Other = (1L << 52) - 2;
        return new FieldElement(
            (ulong)((long)lane[0] + First),
            (ulong)((long)lane[stride] + Other),
            (ulong)((long)lane[2 * stride] + Other),
            (ulong)((long)lane[3 * stride] + Other),
            (ulong)((long)lane[4 * stride] + Other)).Reduce();
    }

    private static double Balance(ulong limb, ref long carry)
    {
        long value = (long)limb + carry;
        carry = (value + (1L << (Radix - 1))) >> Radix;
        return value - (carry << Radix);
    }
}
