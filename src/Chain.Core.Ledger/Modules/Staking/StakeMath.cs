using Chain.Core.Consensus;

namespace Chain.Core.Ledger;

/// <summary>
/// Conversions between coins and shares. A share of a validator is worth <em>factor</em> coins; slashing lowers the factor
/// and touches nobody's shares, so that one write punishes any number of delegators.
/// </summary>
/// <remarks>
/// A factor has 63 fractional bits and never grows; shares have 32. With a factor of at least <see cref="LeastFactor"/> the
/// shares of all coins there can be are below 2¹²⁷. Every conversion rounds down, so that a validator's coins are never
/// fewer than its delegators' shares are worth; a unit that is lost to rounding stays with it.
/// </remarks>
internal static class StakeMath
{
    /// <summary>The factor of a validator that was never slashed: one coin a share.</summary>
    public const ulong WholeFactor = 1UL << FactorBits;

    /// <summary>Below it a validator takes no more stake.</summary>
    public const ulong LeastFactor = 1UL << 32;

    private const int FactorBits = 63;
    private const int ShareBits = 32;
    private const int RewardBits = 96;

    /// <summary>Shares that are worth <paramref name="coins"/> or a little less.</summary>
    public static UInt128 SharesOf(ulong coins, ulong factor) => ToUInt128(Scaled(coins) / factor);

    /// <summary>The fewest shares that are worth <paramref name="coins"/>.</summary>
    public static UInt128 SharesToRemove(ulong coins, ulong factor)
    {
        UInt256 quotient = UInt256.DivRem(Scaled(coins), factor, out UInt256 remainder);
        return ToUInt128(remainder.IsZero ? quotient : quotient + UInt256.One);
    }

    /// <summary>What shares are worth, rounded down.</summary>
    public static ulong CoinsOf(UInt128 shares, ulong factor) =>
        ((ToUInt256(shares) * factor) >> (FactorBits + ShareBits)).LowUInt64;

    /// <summary>The factor after a slash.</summary>
    public static ulong Slash(ulong factor, BasisPoints part) => factor - part.Of(factor);

    /// <summary>How much the reward of one share grows where <paramref name="coins"/> are spread over all; false for less than a coin of shares.</summary>
    public static bool TrySpread(ulong coins, UInt128 shares, out UInt256 growth)
    {
        bool spreads = shares >= UInt128.One << ShareBits;
        growth = spreads ? ((UInt256)coins << RewardBits) / ToUInt256(shares) : UInt256.Zero;
        return spreads;
    }

    /// <summary>The coins that shares earned while the reward of one share grew by <paramref name="growth"/>.</summary>
    public static ulong EarnedBy(UInt128 shares, in UInt256 growth) => ((ToUInt256(shares) * growth) >> RewardBits).LowUInt64;

    private static UInt256 Scaled(ulong coins) => (UInt256)coins << (FactorBits + ShareBits);

    private static UInt256 ToUInt256(UInt128 value) => new(0, 0, (ulong)(value >> 64), unchecked((ulong)value));

    private static UInt128 ToUInt128(in UInt256 value) => new((value >> 64).LowUInt64, value.LowUInt64);
}
