namespace Chain.Core.Crypto;

/// <summary>Inverses and the power for square roots, one in each lane, as in <see cref="FieldElement"/>.</summary>
internal static unsafe class LanePowers<TField>
    where TField : struct, ILaneField
{
    /// <summary>Doubles that the powers need for themselves.</summary>
    public static int ScratchLength => 5 * Element;

    private static int Element => 5 * TField.Lanes;

    /// <summary>x^(p − 2). <paramref name="inverse"/> must be apart from <paramref name="x"/>.</summary>
    public static void Invert(double* inverse, double* x, double* scratch)
    {
        Power250(inverse, x, scratch);
        SquareTimes(inverse, inverse, 5);
        TField.Multiply(inverse, inverse, scratch);
    }

    /// <summary>x^((p − 5) / 8). <paramref name="power"/> must be apart from <paramref name="x"/>.</summary>
    public static void PowerForRoot(double* power, double* x, double* scratch)
    {
        Power250(power, x, scratch);
        SquareTimes(power, power, 2);
        TField.Multiply(power, power, x);
    }

    /// <summary>x^(2²⁵⁰ − 1); leaves x¹¹ at the start of <paramref name="scratch"/>.</summary>
    private static void Power250(double* power, double* x, double* scratch)
    {
        double* power11 = scratch;
        double* a = power11 + Element;
        double* to10 = a + Element;
        double* to50 = to10 + Element;
        TField.Square(a, x);
        SquareTimes(power, a, 2);
        TField.Multiply(power, power, x);          // x⁹
        TField.Multiply(power11, power, a);
        TField.Square(a, power11);
        TField.Multiply(a, a, power);              // x^(2⁵ − 1)
        SquareTimes(to10, a, 5);
        TField.Multiply(to10, to10, a);
        SquareTimes(a, to10, 10);
        TField.Multiply(a, a, to10);               // x^(2²⁰ − 1)
        SquareTimes(power, a, 20);
        TField.Multiply(power, power, a);
        SquareTimes(to50, power, 10);
        TField.Multiply(to50, to50, to10);
        SquareTimes(a, to50, 50);
        TField.Multiply(a, a, to50);               // x^(2¹⁰⁰ − 1)
        SquareTimes(power, a, 100);
        TField.Multiply(power, power, a);
        SquareTimes(power, power, 50);
        TField.Multiply(power, power, to50);
    }

    private static void SquareTimes(double* result, double* x, int times)
    {
        TField.Square(result, x);
        for (int i = 1; i < times; i++)
        {
            TField.Square(result, result);
        }
    }
}
