namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>
/// Absolutely scheduled exponentially rising targets, aserti3-2d (the specification of 2020-11-15 for Bitcoin Cash):
/// the target halves for every half-life that the chain is ahead of its schedule, and doubles for every one behind.
/// It has no window, no memory and no rounding that adds up, and one block's false time changes it by little.
/// </summary>
/// <remarks>The schedule starts with the block at <see cref="AnchorHeight"/>; blocks up to it have the target of their parent.</remarks>
public sealed class AsertRetarget : IRetargetRule
{
    private readonly long _spacing;
    private readonly long _halfLife;
    private readonly UInt256 _limit;

    /// <summary>A rule in the unit of time of the caller.</summary>
    /// <param name="spacing">The time from block to block that is aimed at; positive.</param>
    /// <param name="halfLife">How far off schedule halves or doubles the target; positive.</param>
    /// <param name="limit">The easiest target.</param>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public AsertRetarget(long spacing, long halfLife, CompactTarget limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spacing);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfLife);
        _limit = limit.TryExpand(out UInt256 target) ? target : throw new ArgumentException("The limit is no target.", nameof(limit));
        _spacing = spacing;
        _halfLife = halfLife;
    }

    /// <summary>
    /// The first block that was worked for, not genesis: between the making of genesis and the start of the chain any
    /// time may pass, and the schedule must not have to make up for it.
    /// </summary>
    public static ulong AnchorHeight => 1;

    /// <inheritdoc/>
    public string Name => "asert";

    /// <inheritdoc/>
    public CompactTarget NextTarget(IWorkHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        WorkPoint parent = history.Parent;
        if (parent.Height < AnchorHeight || !history.TryGet(AnchorHeight, out WorkPoint anchor))
        {
            return parent.Target;
        }

        return NextTarget(anchor.Target, (Int128)parent.Time - anchor.Time + _spacing, parent.Height - AnchorHeight);
    }

    /// <summary>The formula of the specification.</summary>
    /// <param name="anchorTarget">The target of the anchor block.</param>
    /// <param name="timeDelta">From the time of the anchor's parent to that of the newest block.</param>
    /// <param name="heightDelta">From the height of the anchor to that of the newest block.</param>
    public CompactTarget NextTarget(CompactTarget anchorTarget, Int128 timeDelta, ulong heightDelta)
    {
        if (!anchorTarget.TryExpand(out UInt256 target))
        {
            return CompactTarget.FromTarget(in _limit);
        }

        // In 65,536ths of a half-life, rounded towards zero as C++ and C# divide; every shift beyond 256 is the same.
        Int128 exact = (timeDelta - (_spacing * ((Int128)heightDelta + 1))) * 65536 / _halfLife;
        long exponent = (long)Int128.Clamp(exact, -(1L << 30), 1L << 30);
        var fraction = (ulong)(exponent & 0xFFFF);
        int shift = (int)(exponent >> 16) - 16;
        return CompactTarget.FromTarget(Scale(in target, Power(fraction), shift));
    }

    /// <summary>65,536 × 2^(fraction / 65,536), by the cubic of the specification; its sum just fits 64 bits.</summary>
    private static ulong Power(ulong fraction) => unchecked(
        65536 + (((195766423245049UL * fraction)
            + (971821376UL * fraction * fraction)
            + (5127UL * fraction * fraction * fraction)
            + (1UL << 47)) >> 48));

    private UInt256 Scale(in UInt256 target, ulong factor, int shift)
    {
        if (!UInt256.TryMultiply(in target, factor, out UInt256 scaled))
        {
            // Above 2^239 a compact target has no bits as low as those that are shifted out here.
            scaled = (target >> 32) * factor;
            shift += 32;
        }

        if (shift > 0 && scaled.BitLength + shift > 256)
        {
            return _limit;
        }

        scaled = shift > 0 ? scaled << shift : scaled >> -shift;
        return scaled.IsZero ? UInt256.One : scaled > _limit ? _limit : scaled;
    }
}
