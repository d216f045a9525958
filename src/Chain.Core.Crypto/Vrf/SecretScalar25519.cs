using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>
/// Arithmetic modulo L on secrets: 32-bit limbs in 64-bit words, so that no carry is ever compared; no branch and no index
/// depends on a value.
/// </summary>
internal static class SecretScalar25519
{
    private const int Limbs = 8;
    private const int LimbsOfReciprocal = 9;

    private static ReadOnlySpan<uint> Order =>
        [0x5cf5d3ed, 0x5812631a, 0xa2f79cd6, 0x14def9de, 0, 0, 0, 0x10000000];

    /// <summary>⌊2⁵¹² / L⌋.</summary>
    private static ReadOnlySpan<uint> Reciprocal =>
        [0x0a2c131b, 0xed9ce5a3, 0x086329a7, 0x2106215d, 0xffffffeb, 0xffffffff, 0xffffffff, 0xffffffff, 0x0000000f];

    /// <summary>64 little-endian bytes modulo L: 32 bytes.</summary>
    public static void Reduce(ReadOnlySpan<byte> bytes, Span<byte> scalar)
    {
        Span<uint> number = stackalloc uint[2 * Limbs];
        Read(bytes, number);
        Reduce(number, scalar);
    }

    /// <summary>a·b + c modulo L, all little-endian: a of 16 bytes, the others of 32.</summary>
    public static void MultiplyAdd(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<byte> result)
    {
        Span<uint> limbs = stackalloc uint[(Limbs / 2) + Limbs + Limbs];
        Span<uint> first = limbs[..(Limbs / 2)], second = limbs.Slice(Limbs / 2, Limbs), third = limbs[^Limbs..];
        Read(a, first);
        Read(b, second);
        Read(c, third);
        Span<uint> sum = stackalloc uint[2 * Limbs];
        sum.Clear();
        Multiply(first, second, sum);
        ulong carry = 0;
        for (int i = 0; i < sum.Length; i++)
        {
            carry += (ulong)sum[i] + (i < Limbs ? third[i] : 0);
            sum[i] = unchecked((uint)carry);
            carry >>= 32;
        }

        Reduce(sum, result);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(limbs));
    }

    /// <summary>The number below 2²⁵⁵ that it is given, plus L where it is even, in 32 bytes.</summary>
    public static void AddOrderIfEven(ReadOnlySpan<byte> number, Span<byte> odd)
    {
        uint mask = unchecked((number[0] & 1u) - 1u);
        ulong carry = 0;
        for (int i = 0; i < Limbs; i++)
        {
            carry += (ulong)BinaryPrimitives.ReadUInt32LittleEndian(number[(4 * i)..]) + (Order[i] & mask);
            BinaryPrimitives.WriteUInt32LittleEndian(odd[(4 * i)..], unchecked((uint)carry));
            carry >>= 32;
        }
    }

    /// <summary>Barrett (HAC 14.42): the estimated quotient is at most 2 too small. Clears the number.</summary>
    private static void Reduce(Span<uint> number, Span<byte> scalar)
    {
        Span<uint> work = stackalloc uint[(2 * LimbsOfReciprocal) + LimbsOfReciprocal + Limbs + LimbsOfReciprocal];
        work.Clear();
        Span<uint> estimate = work[..(2 * LimbsOfReciprocal)];
        Span<uint> multiple = work.Slice(2 * LimbsOfReciprocal, LimbsOfReciprocal + Limbs);
        Span<uint> rest = work[^LimbsOfReciprocal..];
        Multiply(number[(Limbs - 1)..], Reciprocal, estimate);
        Multiply(estimate[LimbsOfReciprocal..], Order, multiple);

        // Below 3L < 2²⁸⁸, so nine limbs of the difference are all of it.
        number[..LimbsOfReciprocal].CopyTo(rest);
        Subtract(rest, multiple[..LimbsOfReciprocal]);
        SubtractOrderOnce(rest);
        SubtractOrderOnce(rest);
        for (int i = 0; i < Limbs; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(scalar[(4 * i)..], rest[i]);
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(work));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(number));
    }

    /// <summary>Subtracts L, and adds it again by a mask where that was too much.</summary>
    private static void SubtractOrderOnce(Span<uint> number)
    {
        Span<uint> order = stackalloc uint[LimbsOfReciprocal];
        order.Clear();
        Order.CopyTo(order);
        uint borrow = Subtract(number, order);
        ulong carry = 0;
        for (int i = 0; i < number.Length; i++)
        {
            carry += (ulong)number[i] + (order[i] & borrow);
            number[i] = unchecked((uint)carry);
            carry >>= 32;
        }
    }

    /// <summary>number −= subtrahend; all ones where it borrowed, else zero.</summary>
    private static uint Subtract(Span<uint> number, ReadOnlySpan<uint> subtrahend)
    {
        long borrow = 0;
        for (int i = 0; i < number.Length; i++)
        {
            borrow += (long)number[i] - subtrahend[i];
            number[i] = unchecked((uint)borrow);
            borrow >>= 32;
        }

        return unchecked((uint)borrow);
    }

    private static void Multiply(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, Span<uint> product)
    {
        for (int i = 0; i < a.Length; i++)
        {
            ulong carry = 0;
            for (int j = 0; j < b.Length; j++)
            {
                // At most (2³² − 1)² + 2·(2³² − 1) = 2⁶⁴ − 1.
                carry += ((ulong)a[i] * b[j]) + product[i + j];
                product[i + j] = unchecked((uint)carry);
                carry >>= 32;
            }

            product[i + b.Length] = (uint)carry;
        }
    }

    private static void Read(ReadOnlySpan<byte> bytes, Span<uint> limbs)
    {
        for (int i = 0; i < limbs.Length; i++)
        {
            limbs[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]);
        }
    }
}
