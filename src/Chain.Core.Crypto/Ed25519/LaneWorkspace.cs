using System.Runtime.InteropServices;

namespace Chain.Core.Crypto;

/// <summary>
/// The aligned memory of one call of <see cref="LaneVerifier{TField, THash}"/>: elements of five vectors, tables and digits.
/// Nothing in it is secret.
/// </summary>
internal unsafe ref struct LaneWorkspace<TField>
    where TField : struct, ILaneField
{
    /// <summary>Groups that share one inversion.</summary>
    public const int GroupsAtOnce = 32;

    /// <summary>Multiples of a point in its table, 0 to 8: digits of radix 16.</summary>
    public const int KeyMultiples = 9;

    /// <summary>Doubles in a row of a point's table: four elements.</summary>
    public const int KeyRowLength = 20;

    /// <summary>Digits of radix 16 in k or in both of its halves, of radix 256 in S or vS.</summary>
    public const int ChallengeLength = 64;
    public const int ScalarLength = 32;

    private const nuint Alignment = 64;

    private readonly double* _memory;
    private double* _next;

    public LaneWorkspace()
    {
        nuint length = (nuint)((((2 * 4) + 4 + 2 + 2 + 5 + (2 * 6) + (4 * GroupsAtOnce)) * Element)
            + LaneCurve<TField>.ScratchLength + LanePowers<TField>.ScratchLength
            + (2 * TField.Lanes * KeyMultiples * KeyRowLength) + (TField.Lanes * (ChallengeLength + ScalarLength) / sizeof(double)));
        _memory = (double*)NativeMemory.AlignedAlloc(length * sizeof(double), Alignment);
        _next = _memory;

        Point = Take(2 * 4 * Element);
        Entry = Take(4 * Element);
        X = Take(2 * Element);
        Y = Take(2 * Element);
        Zero = Constant(FieldElement.Zero);
        One = Constant(FieldElement.One);
        D = Constant(FieldElement.D);
        TwoD = Constant(FieldElement.TwoD);
        SquareRootOfMinusOne = Constant(FieldElement.SquareRootOfMinusOne);
        Temporaries = Take(2 * 6 * Element);
        Results = Take(3 * Element * GroupsAtOnce);
        Products = Take(Element * GroupsAtOnce);
        CurveScratch = Take(LaneCurve<TField>.ScratchLength);
        PowerScratch = Take(LanePowers<TField>.ScratchLength);
        KeyTables = Take(TField.Lanes * KeyMultiples * KeyRowLength);
        NonceTables = Take(TField.Lanes * KeyMultiples * KeyRowLength);
        Digits = (sbyte*)Take(TField.Lanes * (ChallengeLength + ScalarLength) / sizeof(double));
    }

    /// <summary>Doubles in an element.</summary>
    public static int Element => 5 * TField.Lanes;

    /// <summary>Doubles from one key's table to the next.</summary>
    public static int KeyStride => KeyMultiples * KeyRowLength;

    /// <summary>The running point: U, V, Z, T. Behind it is room for another.</summary>
    public double* Point { get; }

    /// <summary>The point that is added next.</summary>
    public double* Entry { get; }

    /// <summary>Two elements.</summary>
    public double* X { get; }

    /// <summary>Two elements.</summary>
    public double* Y { get; }

    public double* Zero { get; }

    public double* One { get; }

    public double* D { get; }

    public double* TwoD { get; }

    public double* SquareRootOfMinusOne { get; }

    /// <summary>Twelve elements for whoever needs them.</summary>
    public double* Temporaries { get; }

    /// <summary>U, V and 2Z of S·B − k·A of every group.</summary>
    public double* Results { get; }

    /// <summary>Products of the 2Z up to each group.</summary>
    public double* Products { get; }

    public double* CurveScratch { get; }

    public double* PowerScratch { get; }

    /// <summary>A table a lane: rows of Y − X, Y + X, Z, 2dT for the multiples of −A.</summary>
    public double* KeyTables { get; }

    /// <summary>The same for the multiples of −R.</summary>
    public double* NonceTables { get; }

    /// <summary>The digits of every lane's k, or of u and v, then those of every lane's S, or vS.</summary>
    public sbyte* Digits { get; }

    public readonly Span<sbyte> ChallengeDigits(int lane) => new(Digits + (lane * ChallengeLength), ChallengeLength);

    public readonly Span<sbyte> ScalarDigits(int lane) =>
        new(Digits + (TField.Lanes * ChallengeLength) + (lane * ScalarLength), ScalarLength);

    public readonly void Dispose() => NativeMemory.AlignedFree(_memory);

    private double* Take(int length)
    {
        double* taken = _next;
        _next += length;
        return taken;
    }

    private double* Constant(in FieldElement value)
    {
        double* element = Take(Element);
        for (int lane = 0; lane < TField.Lanes; lane++)
        {
            LaneLimbs.Write(element + lane, TField.Lanes, value);
        }

        return element;
    }
}
