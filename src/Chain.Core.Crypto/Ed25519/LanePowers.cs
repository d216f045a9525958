namespace Chain.Core.Crypto;

/// <summary>Inverses and the power for square roots, one in each lane, as in <see cref="FieldElement"/>.</summary>
internal static unsafe class LanePowers<TField>
    where TField : struct, ILaneField
{
    /// <summary>Numbers that a chain can take along: a second one fills the gaps where a square waits for the one before.</summary>
    public const int MostAtOnce = 2;

    /// <summary>Doubles that the powers need for themselves.</summary>
    public static int ScratchLength => 4 * MostAtOnce * Element;

    private static int Element => 5 * TField.Lanes;

    /// <summary>x^(p − 2). <paramref name="inverse"/> must be apart from <paramref name="x"/>.</summary>
    public static void Invert(double* inverse, double* x, double* scratch)
    {
        Power250(inverse, x, scratch, 1);
        SquareTimes(inverse, inverse, 5, 1);
        TField.Multiply(inverse, inverse, scratch);
    }

    /// <summary>
    /// x^((p − 5) / 8) of <paramref name="count"/> elements, one behind the other. <paramref name="power"/> must be apart from
    /// <paramref name="x"/>.
    /// </summary>
    public static void PowerForRoot(double* power, double* x, double* scratch, int count)
    {
        Power250(power, x, scratch, count);
        SquareTimes(power, power, 2, count);
        Multiply(power, power, x, count);
    }

    /// <summary>x^(2²⁵⁰ − 1); leaves x¹¹ at the start of <paramref name="scratch"/>.</summary>
    private static void Power250(double* power, double* x, double* scratch, int count)
    {
        unchecked
        {
            double* power11 = scratch;
            double* a = power11 + (count * Element);
            double* to10 = a + (count * Element);
            double* to50 = to10 + (count * Element);
            SquareTimes(a, x, 1, count);
            SquareTimes(power, a, 2, count);
            Multiply(power, power, x, count);                 // x⁹
            Multiply(power11, power, a, count);
            SquareTimes(a, power11, 1, count);
            Multiply(a, a, power, count);                     // x^(2⁵ − 1)
            SquareTimes(to10, a, 5, count);
            Multiply(to10, to10, a, count);
            SquareTimes(a, to10, 10, count);
            Multiply(a, a, to10, count);                      // x^(2²⁰ − 1)
            SquareTimes(power, a, 20, count);
            Multiply(power, power, a, count);
            SquareTimes(to50, power, 10, count);
            Multiply(to50, to50, to10, count);
            SquareTimes(a, to50, 50, count);
            Multiply(a, a, to50, count);                      // x^(2¹⁰⁰ − 1)
            SquareTimes(power, a, 100, count);
            Multiply(power, power, a, count);
            SquareTimes(power, power, 50, count);
            Multiply(power, power, to50, count);
        }
    }

    private static void SquareTimes(double* result, double* x, int times, int count)
    {
        unchecked
        {
            for (int i = 0; i < times; i++)
            {
                for (int element = 0; element < count; element++)
                {
                    TField.Square(result + (element * Element), (i == 0 ? x : result) + (element * Element));
                }
            }
        }
    }

    private static void Multiply(double* product, double* x, double* y, int count)
    {
        unchecked
        {
            for (int element = 0; element < count; element++)
            {
                TField.Multiply(product + (element * Element), x + (element * Element), y + (element * Element));
            }
        }
    }
}
