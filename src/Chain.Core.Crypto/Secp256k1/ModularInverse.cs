using System.Numerics;
using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>
/// Inverses modulo an odd number below 2²⁵⁶ by the division steps of Bernstein and Yang (2019), 62 at a time, in variable
/// time: public data only. Numbers inside are five signed limbs of 62 bits.
/// </summary>
internal sealed class ModularInverse
{
    private const int Limbs = 5;
    private const int StepsPerRound = 62;
    private const long Mask = (1L << 62) - 1;

    private readonly long[] _modulus;
    private readonly long _inverseOfModulus;

    /// <summary>Prepares the modulus of four 64-bit words; it must be odd.</summary>
    private ModularInverse(ReadOnlySpan<ulong> modulus)
    {
        _modulus = new long[Limbs];
        Split(modulus, _modulus);

        // Newton: each step doubles the number of right bits of 1 / modulus mod 2⁶².
        ulong inverse = 1;
        for (int i = 0; i < 6; i++)
        {
            inverse = unchecked(inverse * (2 - (modulus[0] * inverse)));
        }

        _inverseOfModulus = unchecked((long)inverse) & Mask;
    }

    /// <summary>Modulo the p of secp256k1.</summary>
    public static ModularInverse OfSecpField { get; } =
        new([0xfffffffefffffc2f, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue]);

    /// <summary>Modulo the order of the base point of secp256k1.</summary>
    public static ModularInverse OfSecpOrder { get; } =
        new([0xbfd25e8cd0364141, 0xbaaedce6af48a03b, 0xfffffffffffffffe, ulong.MaxValue]);

    /// <summary>Replaces the four words, which are below the modulus, by their inverse; 0 by 0.</summary>
    [SkipLocalsInit]
    public void Invert(Span<ulong> words)
    {
        Span<long> f = stackalloc long[Limbs];
        Span<long> g = stackalloc long[Limbs];
        Span<long> d = stackalloc long[Limbs];
        Span<long> e = stackalloc long[Limbs];
        _modulus.CopyTo(f);
        Split(words, g);
        d.Clear();
        e.Clear();
        e[0] = 1;
        long eta = -1;
        while (g.ContainsAnyExcept(0))
        {
            eta = Step(eta, f[0], g[0], out Transition t);
            UpdateFactors(d, e, t);
            UpdateValues(f, g, t);
        }

        // f is ±1 and d is ±1 / value, or for zero f is the modulus and d is 0.
        Normalize(d, negative: f[Limbs - 1] < 0);
        Join(d, words);
    }

    /// <summary>62 division steps on the low bits of f and g: (f, g)·2⁶² becomes the product with the matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Step(long eta, long lowF, long lowG, out Transition transition)
    {
        unchecked
        {
            ulong u = 1, v = 0, q = 0, r = 1;
            ulong f = (ulong)lowF, g = (ulong)lowG;
            int left = StepsPerRound;
            while (true)
            {
                int zeros = BitOperations.TrailingZeroCount(g | (ulong.MaxValue << left));
                g >>= zeros;
                u <<= zeros;
                v <<= zeros;
                eta -= zeros;
                left -= zeros;
                if (left == 0)
                {
                    break;
                }

                // A multiple w of f that clears several low bits of g at once: at most 6 after a swap, else at most 4.
                ulong w;
                if (eta < 0)
                {
                    eta = -eta;
                    (f, g) = (g, 0 - f);
                    (u, q) = (q, 0 - u);
                    (v, r) = (r, 0 - v);
                    w = (f * g * ((f * f) - 2)) & Bits(eta, left) & 63;
                }
                else
                {
                    w = f + (((f + 1) & 4) << 1);
                    w = ((0 - w) * g) & Bits(eta, left) & 15;
                }

                g += f * w;
                q += u * w;
                r += v * w;
            }

            transition = new Transition((long)u, (long)v, (long)q, (long)r);
            return eta;
        }
    }

    /// <summary>As many ones as steps can be taken before the next swap or the end of the round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(long eta, int left) => ulong.MaxValue >> (64 - (int)Math.Min(eta + 1, left));

    /// <summary>(d, e) becomes the matrix times (d, e) divided by 2⁶², modulo the modulus.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateFactors(Span<long> d, Span<long> e, in Transition t)
    {
        unchecked
        {
            long signD = d[Limbs - 1] >> 63;
            long signE = e[Limbs - 1] >> 63;
            long timesD = (t.U & signD) + (t.V & signE);
            long timesE = (t.Q & signD) + (t.R & signE);
            Int128 sumD = Math.BigMul(t.U, d[0]) + Math.BigMul(t.V, e[0]);
            Int128 sumE = Math.BigMul(t.Q, d[0]) + Math.BigMul(t.R, e[0]);

            // The multiples of the modulus that make the low 62 bits zero.
            timesD -= ((_inverseOfModulus * (long)sumD) + timesD) & Mask;
            timesE -= ((_inverseOfModulus * (long)sumE) + timesE) & Mask;
            sumD = (sumD + Math.BigMul(_modulus[0], timesD)) >> 62;
            sumE = (sumE + Math.BigMul(_modulus[0], timesE)) >> 62;
            for (int i = 1; i < Limbs; i++)
            {
                sumD += Math.BigMul(t.U, d[i]) + Math.BigMul(t.V, e[i]) + Math.BigMul(_modulus[i], timesD);
                sumE += Math.BigMul(t.Q, d[i]) + Math.BigMul(t.R, e[i]) + Math.BigMul(_modulus[i], timesE);
                d[i - 1] = (long)sumD & Mask;
                e[i - 1] = (long)sumE & Mask;
                sumD >>= 62;
                sumE >>= 62;
            }

            d[Limbs - 1] = (long)sumD;
            e[Limbs - 1] = (long)sumE;
        }
    }

    /// <summary>(f, g) becomes the matrix times (f, g) divided by 2⁶², which is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpdateValues(Span<long> f, Span<long> g, in Transition t)
    {
        unchecked
        {
            Int128 sumF = (Math.BigMul(t.U, f[0]) + Math.BigMul(t.V, g[0])) >> 62;
            Int128 sumG = (Math.BigMul(t.Q, f[0]) + Math.BigMul(t.R, g[0])) >> 62;
            for (int i = 1; i < Limbs; i++)
            {
                sumF += Math.BigMul(t.U, f[i]) + Math.BigMul(t.V, g[i]);
                sumG += Math.BigMul(t.Q, f[i]) + Math.BigMul(t.R, g[i]);
                f[i - 1] = (long)sumF & Mask;
                g[i - 1] = (long)sumG & Mask;
                sumF >>= 62;
                sumG >>= 62;
            }

            f[Limbs - 1] = (long)sumF;
            g[Limbs - 1] = (long)sumG;
        }
    }

    /// <summary>±value, which lies between −2 and 1 times the modulus, as its representative from 0.</summary>
    private void Normalize(Span<long> value, bool negative)
    {
        if (value[Limbs - 1] < 0)
        {
            Combine(value, 1);
        }

        if (negative)
        {
            Combine(value, 0, -1);
        }

        if (value[Limbs - 1] < 0)
        {
            Combine(value, 1);
        }
    }

    /// <summary>value becomes sign·value + times·modulus.</summary>
    private void Combine(Span<long> value, long times, long sign = 1)
    {
        long carry = 0;
        for (int i = 0; i < Limbs; i++)
        {
            carry += (sign * value[i]) + (times * _modulus[i]);
            value[i] = i == Limbs - 1 ? carry : carry & Mask;
            carry >>= 62;
        }
    }

    private static void Split(ReadOnlySpan<ulong> words, Span<long> limbs)
    {
        limbs[0] = (long)(words[0] & (ulong)Mask);
        limbs[1] = (long)(((words[0] >> 62) | (words[1] << 2)) & (ulong)Mask);
        limbs[2] = (long)(((words[1] >> 60) | (words[2] << 4)) & (ulong)Mask);
        limbs[3] = (long)(((words[2] >> 58) | (words[3] << 6)) & (ulong)Mask);
        limbs[4] = (long)(words[3] >> 56);
    }

    private static void Join(ReadOnlySpan<long> limbs, Span<ulong> words)
    {
        words[0] = (ulong)limbs[0] | ((ulong)limbs[1] << 62);
        words[1] = ((ulong)limbs[1] >> 2) | ((ulong)limbs[2] << 60);
        words[2] = ((ulong)limbs[2] >> 4) | ((ulong)limbs[3] << 58);
        words[3] = ((ulong)limbs[3] >> 6) | ((ulong)limbs[4] << 56);
    }

    /// <summary>The matrix of a round: f takes U and V, g takes Q and R.</summary>
    private readonly record struct Transition(long U, long V, long Q, long R);
}
