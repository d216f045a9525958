namespace Chain.Core.Crypto;

/// <content>Inverse and square root, by Fermat.</content>
internal partial struct FieldElement
{
    /// <summary>1 / this = this^(p − 2); 0 for 0.</summary>
    public readonly FieldElement Invert()
    {
        FieldElement power = Power250(out FieldElement power11);
        return power.SquareTimes(5) * power11; // 2²⁵⁵ − 2⁵ + 11 = p − 2
    }

    /// <summary>
    /// A root x of x² = numerator / denominator. False where there is none; zero numerators give x = 0.
    /// The sign of the root is unspecified.
    /// </summary>
    public static bool TrySquareRootOfRatio(in FieldElement numerator, in FieldElement denominator, out FieldElement root)
    {
        // x = u·v³·(u·v⁷)^((p−5)/8) has v·x² = ±u or ±u·√−1; in the last two cases there is no root.
        FieldElement v3 = denominator.Square() * denominator;
        FieldElement v7 = v3.Square() * denominator;
        root = (numerator * v7).PowerForRoot() * (numerator * v3);
        FieldElement check = denominator * root.Square();
        if (check.IsSame(numerator))
        {
            return true;
        }

        root *= SquareRootOfMinusOne;
        return (check + numerator).IsZero;
    }

    /// <summary>this^((p − 5) / 8) = this^(2²⁵² − 3).</summary>
    private readonly FieldElement PowerForRoot() => Power250(out _).SquareTimes(2) * this;

    /// <summary>this^(2²⁵⁰ − 1), and the eleventh power on the way.</summary>
    private readonly FieldElement Power250(out FieldElement power11)
    {
        FieldElement power2 = Square();
        FieldElement power9 = power2.SquareTimes(2) * this;
        power11 = power9 * power2;
        FieldElement to5 = power11.Square() * power9; // toN = this^(2ᴺ − 1)
        FieldElement to10 = to5.SquareTimes(5) * to5;
        FieldElement to20 = to10.SquareTimes(10) * to10;
        FieldElement to40 = to20.SquareTimes(20) * to20;
        FieldElement to50 = to40.SquareTimes(10) * to10;
        FieldElement to100 = to50.SquareTimes(50) * to50;
        FieldElement to200 = to100.SquareTimes(100) * to100;
        return to200.SquareTimes(50) * to50;
    }
}
