using System.Numerics;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>
/// Draws from the exponential distribution in integers only, so that the draws are the same on every machine: what a
/// library's logarithm gives in its last bit is nobody's contract.
/// </summary>
public static class ExponentialDraw
{
    private const int FractionBits = 40;

    /// <summary>ln 2 with 40 fractional bits.</summary>
    private const ulong LnTwo = 762_123_384_786;

    /// <summary>A draw with this mean, rounded down to a whole number.</summary>
    /// <param name="random">The stream.</param>
    /// <param name="mean">The mean; below 2⁶³.</param>
    public static ulong Next(DeterministicRandom random, ulong mean)
    {
        ArgumentNullException.ThrowIfNull(random);
        return (ulong)(((UInt128)mean * MinusLn(random.NextUInt64())) >> FractionBits);
    }

    /// <summary>A draw with this mean, in whole microseconds.</summary>
    public static TimeSpan Next(DeterministicRandom random, TimeSpan mean) =>
        TimeSpan.FromMicroseconds((long)Next(random, (ulong)(mean.Ticks / TimeSpan.TicksPerMicrosecond)));

    /// <summary>−ln((u + 1) / 2⁶⁴) with 40 fractional bits.</summary>
    internal static ulong MinusLn(ulong u)
    {
        if (u == ulong.MaxValue)
        {
            return 0;
        }

        ulong value = u + 1;
        int zeros = BitOperations.LeadingZeroCount(value);
        ulong mantissa = value << zeros; // in [2⁶³, 2⁶⁴), for [1, 2)
        ulong fraction = 0;
        for (int bit = FractionBits - 1; bit >= 0; bit--)
        {
            // Squaring doubles the logarithm; what carries over is its next binary digit.
            ulong high = Math.BigMul(mantissa, mantissa, out ulong low);
            if (high >> 63 != 0)
            {
                fraction |= 1UL << bit;
                mantissa = high;
            }
            else
            {
                mantissa = (high << 1) | (low >> 63);
            }
        }

        // value = 2^(63 − zeros) · 2^fraction, so −log₂(value / 2⁶⁴) = zeros + 1 − fraction.
        ulong minusLog2 = ((ulong)(zeros + 1) << FractionBits) - fraction;
        return (ulong)(((UInt128)minusLog2 * LnTwo) >> FractionBits);
    }
}
