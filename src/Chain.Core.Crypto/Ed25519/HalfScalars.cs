using System.Numerics;
using System.Runtime.InteropServices;

namespace Chain.Core.Crypto;

/// <summary>
/// Two halves of a challenge: u and v of about 126 bits with u ≡ v·k modulo L. Multiplied by v, the equation
/// S·B − k·A − R = 0 becomes vS·B − u·A − v·R = 0, with half as many doublings. It says the same: L is prime and v not 0.
/// </summary>
/// <remarks>
/// Euclid's algorithm on L and k, stopped half way. Rows (r, t) with r ≡ ±t·k keep r₀·t₁ + r₁·t₀ = L, so that with r₀ ≥ 2¹²⁶
/// &gt; r₁ both r₁ and t₁ are at most L / 2¹²⁶. Quotients are found from the leading 64 bits (Lehmer; Collins' condition tells
/// how long they are right), and applied to the whole numbers about 30 bits at a time. Variable time: public data only.
/// </remarks>
internal readonly struct HalfScalars
{
    private const int WordCount = 4;
    private const int WordBits = 64;
    private const int HalfBits = 126;

    private HalfScalars(UInt128 u, bool isNegative, UInt128 v)
    {
        U = u;
        IsNegative = isNegative;
        V = v;
    }

    /// <summary>The absolute value of u; below 2¹²⁶.</summary>
    public UInt128 U { get; }

    /// <summary>Whether u is negative.</summary>
    public bool IsNegative { get; }

    /// <summary>From 1 to 2¹²⁶·(1 + 2⁻²⁰).</summary>
    public UInt128 V { get; }

    /// <summary>The absolute value of u.</summary>
    public Scalar25519 ScalarU => unchecked(new((ulong)U, (ulong)(U >> WordBits), 0, 0));

    /// <summary>v.</summary>
    public Scalar25519 ScalarV => unchecked(new((ulong)V, (ulong)(V >> WordBits), 0, 0));

    /// <summary>The absolute value of u, and v from bit 128 on.</summary>
    public Scalar25519 Both => unchecked(new((ulong)U, (ulong)(U >> WordBits), (ulong)V, (ulong)(V >> WordBits)));

    /// <summary>The halves of <paramref name="k"/>, which is below L.</summary>
    public static HalfScalars Split(in Scalar25519 k)
    {
        Scalar25519 order = Scalar25519.Order;
        Span<ulong> r0 = [order.W0, order.W1, order.W2, order.W3];
        Span<ulong> r1 = [k.W0, k.W1, k.W2, k.W3];
        UInt128 t0 = 0, t1 = 1;
        bool isNegative = false;
        while (BitLength(r1) > HalfBits)
        {
            if (!TryManySteps(r0, r1, ref t0, ref t1, ref isNegative))
            {
                OneStep(r0, r1, ref t0, ref t1);
                isNegative = !isNegative;
            }
        }

        return new HalfScalars(new UInt128(r1[1], r1[0]), isNegative, t1);
    }

    /// <summary>The steps that the leading 64 bits tell; false where they tell none.</summary>
    private static bool TryManySteps(Span<ulong> r0, Span<ulong> r1, ref UInt128 t0, ref UInt128 t1, ref bool isNegative)
    {
        unchecked
        {
            int shift = BitLength(r0) - WordBits;
            ulong a = Leading(r0, shift), b = Leading(r1, shift);
            ulong limit = shift < HalfBits ? 1UL << (HalfBits - shift) : 0;
            ulong x0 = 1, y0 = 0, x1 = 0, y1 = 1;
            bool odd = false;
            while (b >= limit && b != 0)
            {
                ulong quotient = a / b;
                ulong rest = a - (quotient * b);
                ulong x2 = x0 + (quotient * x1), y2 = y0 + (quotient * y1);
                if (rest < y2 || b - rest < y1 + y2)
                {
                    break;
                }

                (a, b) = (b, rest);
                (x0, x1) = (x1, x2);
                (y0, y1) = (y1, y2);
                odd = !odd;
            }

            if (y0 == 0)
            {
                return false;
            }

            Combine(r0, r1, x0, y0, x1, y1, odd);
            (t0, t1) = ((x0 * t0) + (y0 * t1), (x1 * t0) + (y1 * t1));
            isNegative ^= odd;
            return true;
        }
    }

    /// <summary>r₀ = x₀r₀ − y₀r₁ and r₁ = y₁r₁ − x₁r₀, after an odd number of steps the negatives: what is not negative.</summary>
    private static void Combine(Span<ulong> r0, Span<ulong> r1, ulong x0, ulong y0, ulong x1, ulong y1, bool odd)
    {
        unchecked
        {
            Row first = default, second = default;
            for (int i = 0; i < WordCount; i++)
            {
                (ulong a, ulong b) = (r0[i], r1[i]);
                ulong xa = first.Plus.Next(x0, a), yb = first.Minus.Next(y0, b);
                ulong xa1 = second.Plus.Next(x1, a), yb1 = second.Minus.Next(y1, b);
                r0[i] = odd ? first.Difference(yb, xa) : first.Difference(xa, yb);
                r1[i] = odd ? second.Difference(xa1, yb1) : second.Difference(yb1, xa1);
            }
        }
    }

    /// <summary>One division of the whole numbers: for a quotient that the leading bits do not tell, one in 2³⁰ or fewer.</summary>
    private static void OneStep(Span<ulong> r0, Span<ulong> r1, ref UInt128 t0, ref UInt128 t1)
    {
        BigInteger divisor = new(MemoryMarshal.AsBytes(r1), isUnsigned: true);
        BigInteger quotient = BigInteger.DivRem(new(MemoryMarshal.AsBytes(r0), isUnsigned: true), divisor, out BigInteger rest);
        r1.CopyTo(r0);
        r1.Clear();
        rest.TryWriteBytes(MemoryMarshal.AsBytes(r1), out _, isUnsigned: true);
        (t0, t1) = (t1, t0 + ((UInt128)quotient * t1));
    }

    /// <summary>The 64 bits from bit <paramref name="shift"/> on.</summary>
    private static ulong Leading(ReadOnlySpan<ulong> number, int shift)
    {
        (int word, int bit) = (shift >> 6, shift & 63);
        ulong low = number[word] >> bit;
        return bit == 0 || word == WordCount - 1 ? low : low | (number[word + 1] << (WordBits - bit));
    }

    private static int BitLength(ReadOnlySpan<ulong> number)
    {
        for (int i = WordCount - 1; i >= 0; i--)
        {
            if (number[i] != 0)
            {
                return ((i + 1) * WordBits) - BitOperations.LeadingZeroCount(number[i]);
            }
        }

        return 0;
    }

    /// <summary>The words of one new row, from the least significant one on: two products and their difference.</summary>
    private struct Row
    {
        public Product Plus;
        public Product Minus;
        private ulong _borrow;

        public ulong Difference(ulong a, ulong b)
        {
            unchecked
            {
                ulong difference = a - b;
                ulong result = difference - _borrow;
                _borrow = (a < b ? 1UL : 0) | (difference < _borrow ? 1UL : 0);
                return result;
            }
        }
    }

    /// <summary>A number times a factor, word by word.</summary>
    private struct Product
    {
        private ulong _carry;

        public ulong Next(ulong factor, ulong word)
        {
            unchecked
            {
                ulong low = (factor * word) + _carry;
                _carry = Words.High(factor, word) + (low < _carry ? 1UL : 0);
                return low;
            }
        }
    }
}
