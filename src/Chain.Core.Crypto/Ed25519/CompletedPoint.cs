namespace Chain.Core.Crypto;

/// <summary>
/// The result of an addition or doubling before its last products (Hisil, Wong, Carter and Dawson 2008):
/// x = E/G, y = H/F. What follows decides whether T is worth its product.
/// </summary>
internal readonly struct CompletedPoint
{
    private readonly FieldElement _e;
    private readonly FieldElement _f;
    private readonly FieldElement _g;
    private readonly FieldElement _h;

    /// <summary>All four must be loose.</summary>
    public CompletedPoint(in FieldElement e, in FieldElement f, in FieldElement g, in FieldElement h)
    {
        _e = e;
        _f = f;
        _g = g;
        _h = h;
    }

    /// <summary>Of the products in a sum: E = pp − mm, F = 2zz − tt, G = 2zz + tt, H = pp + mm.</summary>
    public static CompletedPoint FromSums(in FieldElement pp, in FieldElement mm, in FieldElement twoZz, in FieldElement tt) =>
        new(pp - mm, twoZz - tt, twoZz + tt, pp + mm);

    /// <summary>Of the products in a difference: as a sum with tt negated.</summary>
    public static CompletedPoint FromDifferences(
        in FieldElement pm, in FieldElement mp, in FieldElement twoZz, in FieldElement tt) =>
        new(pm - mp, twoZz + tt, twoZz - tt, pm + mp);

    public ProjectivePoint ToProjective() => new(_e * _f, _g * _h, _f * _g);

    /// <summary>As <see cref="ToExtended"/>, but T is left at zero: the result may only be doubled or encoded.</summary>
    public EdwardsPoint ToExtendedWithoutT() => new(_e * _f, _g * _h, _f * _g, FieldElement.Zero);

    public EdwardsPoint ToExtended() => new(_e * _f, _g * _h, _f * _g, _e * _h);
}
