namespace Chain.Core.Crypto;

/// <summary>
/// Arithmetic modulo p = 2²⁵⁵ − 19 on several independent numbers at once, one in each lane of a vector of doubles.
/// Public data only.
/// </summary>
/// <remarks>
/// <para>
/// <em>Elements</em> are five vectors of limbs in radix 2⁵¹, signed integers held in doubles, aligned to the vector's size,
/// least significant limb first. There is one kind: every limb is at most β = 2⁵⁰ + 2¹⁴ in absolute value. A sum of
/// elements is not an element; it goes through a carry first. A missed one would fail on a few inputs in a hundred only.
/// </para>
/// <para>
/// <em>Products.</em> Fused multiply-add rounds xy + 1.5·2¹⁰³ to a multiple of 2⁵¹: h. As |xy| stays below 2¹⁰², h lies
/// in the binade [2¹⁰³, 2¹⁰⁴), where the bits of a double, read as an integer, grow by 1 for every 2⁵¹: that is the high part,
/// and high parts are summed as integers. The low part xy − (h − 1.5·2¹⁰³) is exact and at most 2⁵⁰ in absolute value; a
/// second fused multiply-add yields it on top of 1.5·2⁵², where bits count ones. Two low parts, together at most 2⁵¹, still
/// fit there, and two products fit one h: 2β² and, in squares where one is doubled, 3β² are below 2¹⁰². A third low part
/// would not fit, nor two doubled products: they start anew.
/// </para>
/// <para>
/// <em>Columns</em> are five vectors of 64-bit integers: the sums for 2⁰ … 2²⁰⁴, with those for 2²⁵⁵ … 2⁴⁵⁹ folded in times
/// 19, and with a known bias each (<see cref="LaneBias"/>) that is lost modulo 2⁶⁴ when they are carried. A column holds at
/// most 5 products with factor 1 and 20 with factor 19, each with a low part of at most 2⁵⁰ and a high part of at most 2⁴⁹:
/// below 2⁵⁷·⁵. The largest sum that is carried, 4ZZ − 2UV, is below 6·2⁵⁷·⁵ &lt; 2⁶⁰·² &lt; 2⁶². Its carry is below 2⁹·³,
/// times 19 below 2¹³·⁵, which gives β.
/// </para>
/// <para>
/// A number whose limbs are at most β is below p in absolute value, so it is 0 modulo p only where it is 0, and it is 0 only
/// where every limb is: the lowest limb would be a multiple of 2⁵¹, and so on.
/// </para>
/// </remarks>
internal unsafe interface ILaneField
{
    /// <summary>Numbers side by side.</summary>
    static abstract int Lanes { get; }

    /// <summary>The product of two elements. Here and below, results may overwrite operands.</summary>
    static abstract void Multiply(double* product, double* x, double* y);

    static abstract void Square(double* square, double* x);

    /// <summary>The columns of a product.</summary>
    static abstract void MultiplyRaw(double* columns, double* x, double* y);

    /// <summary>The columns of a square.</summary>
    static abstract void SquareRaw(double* columns, double* x);

    /// <summary>E = vv − uu, F = 4zz − 2uv, G = 2uv, H = vv + uu, from columns of three squares and a product.</summary>
    static abstract void DoubleTerms(double* efgh, double* uu, double* vv, double* zz, double* uv);

    /// <summary>E = pp − mm, F = 2zz − tt, G = 2zz + tt, H = pp + mm, from columns of products.</summary>
    static abstract void SumTerms(double* efgh, double* pp, double* mm, double* zz, double* tt);

    /// <summary>As <see cref="SumTerms"/> with the element <paramref name="z"/> in place of zz.</summary>
    static abstract void SumTermsAffine(double* efgh, double* pp, double* mm, double* z, double* tt);

    /// <summary>y − x and y + x, from columns of products.</summary>
    static abstract void DifferenceAndSum(double* difference, double* sum, double* x, double* y);

    /// <summary>The sum of elements; here the limbs may be up to 2⁵¹.</summary>
    static abstract void Add(double* sum, double* x, double* y);

    /// <summary>The difference of elements; here the limbs may be up to 2⁵¹.</summary>
    static abstract void Subtract(double* difference, double* x, double* y);

    /// <summary>A bit for each lane: whether the element is 0 modulo p.</summary>
    static abstract int ZeroLanes(double* x);

    /// <summary>A bit for each lane: whether the representative in [0, p) is odd.</summary>
    static abstract int OddLanes(double* x);

    /// <summary>Negates the lanes whose bit is set.</summary>
    static abstract void NegateLanes(double* x, int lanes);

    /// <summary>Replaces the lanes whose bit is set.</summary>
    static abstract void ReplaceLanes(double* x, double* by, int lanes);

    /// <summary>
    /// Reads Y − X, Y + X, Z and 2dT from one row of 20 doubles a lane into four elements; the points of the lanes whose bit
    /// is set are negated.
    /// </summary>
    static abstract void LoadCached(double* entry, double** rows, int negativeLanes);

    /// <summary>As <see cref="LoadCached"/> for y − x, y + x and 2dxy in rows of 16 doubles, the last of them unused.</summary>
    static abstract void LoadAffine(double* entry, double** rows, int negativeLanes);

    /// <summary>Writes vectors, a multiple of four of them, as one row a lane.</summary>
    static abstract void StoreRows(double* row, nint laneStride, double* vectors, int count);
}
