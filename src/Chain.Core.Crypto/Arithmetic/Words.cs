using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Crypto;

/// <summary>Schoolbook arithmetic on little-endian 64-bit words. Variable time: public data only.</summary>
internal static class Words
{
    /// <summary>The high 64 bits of the product; <see cref="Math.BigMul(ulong, ulong, out ulong)"/> goes through memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong High(ulong a, ulong b)
    {
        if (Bmi2.X64.IsSupported)
        {
            return Bmi2.X64.MultiplyNoFlags(a, b);
        }

        return ArmBase.Arm64.IsSupported ? ArmBase.Arm64.MultiplyHigh(a, b) : Math.BigMul(a, b, out _);
    }

    /// <summary>a·b, in as many words as both have together; words beyond are left alone.</summary>
    public static void Multiply(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> product)
    {
        unchecked
        {
            product[..(a.Length + b.Length)].Clear();
            for (int i = 0; i < a.Length; i++)
            {
                ulong carry = 0;
                for (int j = 0; j < b.Length; j++)
                {
                    ulong low = a[i] * b[j];
                    ulong high = High(a[i], b[j]);
                    low += carry;
                    high += low < carry ? 1UL : 0;
                    ulong sum = product[i + j] + low;
                    product[i + j] = sum;
                    carry = high + (sum < low ? 1UL : 0);
                }

                product[i + b.Length] = carry;
            }
        }
    }

    /// <summary>sum += addend, modulo what fits in sum, which is at least as long.</summary>
    public static void Add(Span<ulong> sum, ReadOnlySpan<ulong> addend)
    {
        unchecked
        {
            ulong carry = 0;
            for (int i = 0; i < sum.Length; i++)
            {
                ulong term = i < addend.Length ? addend[i] : 0;
                ulong partial = sum[i] + term;
                ulong next = partial < term ? 1UL : 0;
                sum[i] = partial + carry;
                carry = next | (sum[i] < carry ? 1UL : 0);
            }
        }
    }

    /// <summary>difference −= subtrahend, modulo what fits in difference, which is at least as long.</summary>
    public static void Subtract(Span<ulong> difference, ReadOnlySpan<ulong> subtrahend)
    {
        unchecked
        {
            ulong borrow = 0;
            for (int i = 0; i < difference.Length; i++)
            {
                ulong term = i < subtrahend.Length ? subtrahend[i] : 0;
                ulong partial = difference[i] - term;
                ulong next = difference[i] < term ? 1UL : 0;
                difference[i] = partial - borrow;
                borrow = next | (partial < borrow ? 1UL : 0);
            }
        }
    }
}
