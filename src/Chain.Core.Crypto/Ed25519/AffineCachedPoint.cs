namespace Chain.Core.Crypto;

/// <summary>As <see cref="CachedPoint"/> with Z = 1: y + x, y − x, 2d·x·y, each below p. One product less a use.</summary>
internal readonly struct AffineCachedPoint
{
    public readonly FieldElement YPlusX;
    public readonly FieldElement YMinusX;
    public readonly FieldElement TwoDXY;

    /// <summary>Prepares <paramref name="point"/>, given the inverse of its Z.</summary>
    public AffineCachedPoint(in EdwardsPoint point, in FieldElement inverseOfZ)
    {
        FieldElement x = point.X * inverseOfZ;
        FieldElement y = point.Y * inverseOfZ;
        YPlusX = (y + x).Reduce();
        YMinusX = (y - x).Reduce();
        TwoDXY = (x * y * FieldElement.TwoD).Reduce();
    }
}
