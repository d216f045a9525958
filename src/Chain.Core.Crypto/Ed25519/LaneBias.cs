namespace Chain.Core.Crypto;

/// <summary>
/// The constants of <see cref="ILaneField"/>: what the method adds to keep everything in one binade, and what each kind of
/// column must lose again. A column's bias is the number of biased low and high parts in it, those of the folded column
/// times 19; all of it is exact modulo 2⁶⁴.
/// </summary>
internal static class LaneBias
{
    /// <summary>2⁵², whose last bit counts ones.</summary>
    public const double Two52 = 1UL << 52;

    /// <summary>1.5·2⁵²: the low part of a product is added to it.</summary>
    public const double Low = 1.5 * Two52;

    /// <summary>1.5·2¹⁰³, whose last bit counts 2⁵¹: a product is added to it to get its high part.</summary>
    public const double High = 1.5 * Two52 * (1UL << 51);

    /// <summary>A multiple of 2⁵¹, so exact.</summary>
    public const double LowAndHigh = Low + High;

    public const long Two52Bits = 0x4330000000000000;
    public const long LowBits = 0x4338000000000000;
    public const long HighBits = 0x4668000000000000;

    /// <summary>
    /// 2⁵⁰ rounds the carry to nearest, and 2⁶² keeps the column positive, so that the shift needs no sign (AVX2 has none).
    /// </summary>
    public const long Offset = (1L << 62) + (1L << 50);

    /// <summary>What a carried limb has too much: 2⁵², 2⁵⁰ and the carry of 2⁶².</summary>
    public const double OtherLimb = Two52 + (1L << 50) + (1L << 11);

    /// <summary>The same for limb 0, which takes 19 times the carry of limb 4.</summary>
    public const double FirstLimb = Two52 + (1L << 50) + (19L << 11);

    private const long ProductBias0 = unchecked((39 * LowBits) + (57 * HighBits));
    private const long ProductBias1 = unchecked((39 * LowBits) + (39 * HighBits));
    private const long ProductBias2 = unchecked((21 * LowBits) + (39 * HighBits));
    private const long ProductBias3 = unchecked((21 * LowBits) + (21 * HighBits));
    private const long ProductBias4 = unchecked((3 * LowBits) + (21 * HighBits));

    private const long SquareBias0 = unchecked((39 * LowBits) + (38 * HighBits));
    private const long SquareBias1 = unchecked((20 * LowBits) + (39 * HighBits));
    private const long SquareBias2 = unchecked((20 * LowBits) + (20 * HighBits));
    private const long SquareBias3 = unchecked((21 * LowBits) + (20 * HighBits));
    private const long SquareBias4 = unchecked((2 * LowBits) + (21 * HighBits));

    /// <summary>For one product.</summary>
    public const long Product0 = unchecked(Offset - ProductBias0);
    public const long Product1 = unchecked(Offset - ProductBias1);
    public const long Product2 = unchecked(Offset - ProductBias2);
    public const long Product3 = unchecked(Offset - ProductBias3);
    public const long Product4 = unchecked(Offset - ProductBias4);

    /// <summary>For the sum of two products, or twice one.</summary>
    public const long ProductSum0 = unchecked(Offset - (2 * ProductBias0));
    public const long ProductSum1 = unchecked(Offset - (2 * ProductBias1));
    public const long ProductSum2 = unchecked(Offset - (2 * ProductBias2));
    public const long ProductSum3 = unchecked(Offset - (2 * ProductBias3));
    public const long ProductSum4 = unchecked(Offset - (2 * ProductBias4));

    /// <summary>For twice a product plus another.</summary>
    public const long ProductTriple0 = unchecked(Offset - (3 * ProductBias0));
    public const long ProductTriple1 = unchecked(Offset - (3 * ProductBias1));
    public const long ProductTriple2 = unchecked(Offset - (3 * ProductBias2));
    public const long ProductTriple3 = unchecked(Offset - (3 * ProductBias3));
    public const long ProductTriple4 = unchecked(Offset - (3 * ProductBias4));

    /// <summary>For one square.</summary>
    public const long Square0 = unchecked(Offset - SquareBias0);
    public const long Square1 = unchecked(Offset - SquareBias1);
    public const long Square2 = unchecked(Offset - SquareBias2);
    public const long Square3 = unchecked(Offset - SquareBias3);
    public const long Square4 = unchecked(Offset - SquareBias4);

    /// <summary>For the sum of two squares.</summary>
    public const long SquareSum0 = unchecked(Offset - (2 * SquareBias0));
    public const long SquareSum1 = unchecked(Offset - (2 * SquareBias1));
    public const long SquareSum2 = unchecked(Offset - (2 * SquareBias2));
    public const long SquareSum3 = unchecked(Offset - (2 * SquareBias3));
    public const long SquareSum4 = unchecked(Offset - (2 * SquareBias4));

    /// <summary>For four times a square minus twice a product.</summary>
    public const long DoubleF0 = unchecked(Offset - (4 * SquareBias0) + (2 * ProductBias0));
    public const long DoubleF1 = unchecked(Offset - (4 * SquareBias1) + (2 * ProductBias1));
    public const long DoubleF2 = unchecked(Offset - (4 * SquareBias2) + (2 * ProductBias2));
    public const long DoubleF3 = unchecked(Offset - (4 * SquareBias3) + (2 * ProductBias3));
    public const long DoubleF4 = unchecked(Offset - (4 * SquareBias4) + (2 * ProductBias4));

    /// <summary>For twice an element minus a product.</summary>
    public const long AffineF0 = unchecked(Offset - (2 * LowBits) + ProductBias0);
    public const long AffineF1 = unchecked(Offset - (2 * LowBits) + ProductBias1);
    public const long AffineF2 = unchecked(Offset - (2 * LowBits) + ProductBias2);
    public const long AffineF3 = unchecked(Offset - (2 * LowBits) + ProductBias3);
    public const long AffineF4 = unchecked(Offset - (2 * LowBits) + ProductBias4);

    /// <summary>For twice an element plus a product.</summary>
    public const long AffineG0 = unchecked(Offset - (2 * LowBits) - ProductBias0);
    public const long AffineG1 = unchecked(Offset - (2 * LowBits) - ProductBias1);
    public const long AffineG2 = unchecked(Offset - (2 * LowBits) - ProductBias2);
    public const long AffineG3 = unchecked(Offset - (2 * LowBits) - ProductBias3);
    public const long AffineG4 = unchecked(Offset - (2 * LowBits) - ProductBias4);

    /// <summary>For the sum of two elements.</summary>
    public const long TwoLimbs = unchecked(Offset - (2 * LowBits));
}
