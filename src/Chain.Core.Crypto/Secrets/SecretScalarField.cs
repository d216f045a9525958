using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>
/// Arithmetic on secrets modulo the order of a group, a number above 2²²⁴ and below 2²⁵⁶: 32-bit limbs in 64-bit words, so that
/// no carry is ever compared; no branch and no index depends on a value, and overflow is not checked, as that is a jump too.
/// Numbers are bytes in the order of the group's standard.
/// </summary>
internal sealed class SecretScalarField
{
    /// <summary>Length of a scalar in bytes.</summary>
    public const int Size = sizeof(uint) * Limbs;

    private const int Limbs = 8;
    private const int LimbsOfReciprocal = 9;

    private static readonly uint[] One = [1];

    private readonly bool _isBigEndian;
    private readonly uint[] _order;

    /// <summary>⌊2⁵¹² / order⌋.</summary>
    private readonly uint[] _reciprocal;

    private SecretScalarField(bool isBigEndian, uint[] order, uint[] reciprocal) =>
        (_isBigEndian, _order, _reciprocal) = (isBigEndian, order, reciprocal);

    /// <summary>L of edwards25519, little-endian (RFC 8032).</summary>
    public static SecretScalarField Edwards25519 { get; } = new(
        isBigEndian: false,
        [0x5cf5d3ed, 0x5812631a, 0xa2f79cd6, 0x14def9de, 0, 0, 0, 0x10000000],
        [0x0a2c131b, 0xed9ce5a3, 0x086329a7, 0x2106215d, 0xffffffeb, 0xffffffff, 0xffffffff, 0xffffffff, 0x0000000f]);

    /// <summary>n of secp256k1, big-endian (SEC 2, section 2.4.1).</summary>
    public static SecretScalarField Secp256k1 { get; } = new(
        isBigEndian: true,
        [0xd0364141, 0xbfd25e8c, 0xaf48a03b, 0xbaaedce6, 0xfffffffe, 0xffffffff, 0xffffffff, 0xffffffff],
        [0x2fc9bec0, 0x402da173, 0x50b75fc4, 0x45512319, 1, 0, 0, 0, 1]);

    /// <summary>n of secp256r1, big-endian (SEC 2, section 2.4.2).</summary>
    public static SecretScalarField NistP256 { get; } = new(
        isBigEndian: true,
        [0xfc632551, 0xf3b9cac2, 0xa7179e84, 0xbce6faad, 0xffffffff, 0xffffffff, 0, 0xffffffff],
        [0xeedf9bfe, 0x012ffd85, 0xdf1a6c21, 0x43190552, 0xffffffff, 0xfffffffe, 0xffffffff, 0, 1]);

    /// <summary>Whether 32 bytes are a number below the order.</summary>
    public bool IsReduced(ReadOnlySpan<byte> bytes)
    {
        Span<uint> limbs = stackalloc uint[Limbs];
        Read(bytes, limbs);
        uint borrow = Subtract(limbs, _order);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(limbs));
        return borrow != 0;
    }

    /// <summary>Whether 32 bytes are a number from 1 to the order less 1.</summary>
    public bool IsPrivateKey(ReadOnlySpan<byte> bytes)
    {
        int any = 0;
        foreach (byte part in bytes)
        {
            any |= part;
        }

        return IsReduced(bytes) && any != 0;
    }

    /// <summary>A number of at most 64 bytes modulo the order: 32 bytes.</summary>
    public void Reduce(ReadOnlySpan<byte> bytes, Span<byte> scalar)
    {
        Span<uint> number = stackalloc uint[2 * Limbs];
        number.Clear();
        Read(bytes, number);
        Reduce(number, scalar);
    }

    /// <summary>a + b modulo the order; each of at most 32 bytes.</summary>
    public void Add(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> sum)
    {
        Span<uint> limbs = stackalloc uint[Limbs];
        Read(a, limbs);
        MultiplyAdd(One, limbs, b, sum);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(limbs));
    }

    /// <summary>a·b + c modulo the order; each of at most 32 bytes.</summary>
    public void MultiplyAdd(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<byte> result)
    {
        Span<uint> limbs = stackalloc uint[2 * Limbs];
        Read(a, limbs[..Limbs]);
        Read(b, limbs[Limbs..]);
        MultiplyAdd(limbs[..(a.Length / sizeof(uint))], limbs[Limbs..], c, result);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(limbs));
    }

    /// <summary>Replaces a scalar, which is not 0, by its negative where a number is odd; whether it is stays hidden.</summary>
    public void NegateIfOdd(uint number, Span<byte> scalar)
    {
        Span<uint> limbs = stackalloc uint[2 * Limbs];
        Span<uint> kept = limbs[..Limbs], negative = limbs[Limbs..];
        Read(scalar, kept);
        _order.CopyTo(negative);
        Subtract(negative, kept);

        // By arithmetic on a number: of a conditional the compiler may make a jump.
        uint mask = unchecked(0u - (number & 1));
        for (int i = 0; i < Limbs; i++)
        {
            kept[i] ^= mask & (kept[i] ^ negative[i]);
        }

        Write(kept, scalar);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(limbs));
    }

    /// <summary>A number, plus the order where it is even; the sum fits 32 bytes.</summary>
    public void AddOrderIfEven(ReadOnlySpan<byte> number, Span<byte> odd)
    {
        Span<uint> limbs = stackalloc uint[Limbs];
        Read(number, limbs);
        AddOrder(limbs, unchecked((limbs[0] & 1u) - 1u));
        Write(limbs, odd);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(limbs));
    }

    private void MultiplyAdd(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, ReadOnlySpan<byte> c, Span<byte> result)
    {
        // At most (2²⁵⁶ − 1)² + 2²⁵⁶ − 1, below 2⁵¹².
        Span<uint> sum = stackalloc uint[2 * Limbs];
        Span<uint> addend = stackalloc uint[Limbs];
        sum.Clear();
        Multiply(a, b, sum);
        Read(c, addend);
        ulong carry = 0;
        for (int i = 0; i < sum.Length; i++)
        {
            carry = unchecked(carry + sum[i] + (i < Limbs ? addend[i] : 0));
            sum[i] = unchecked((uint)carry);
            carry >>= 32;
        }

        Reduce(sum, result);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(addend));
    }

    /// <summary>Barrett (HAC 14.42): the estimated quotient is at most 2 too small. Clears the number.</summary>
    private void Reduce(Span<uint> number, Span<byte> scalar)
    {
        Span<uint> work = stackalloc uint[(2 * LimbsOfReciprocal) + LimbsOfReciprocal + Limbs + LimbsOfReciprocal];
        work.Clear();
        Span<uint> estimate = work[..(2 * LimbsOfReciprocal)];
        Span<uint> multiple = work.Slice(2 * LimbsOfReciprocal, LimbsOfReciprocal + Limbs);
        Span<uint> rest = work[^LimbsOfReciprocal..];
        Multiply(number[(Limbs - 1)..], _reciprocal, estimate);
        Multiply(estimate[LimbsOfReciprocal..], _order, multiple);

        // Below three times the order, less than 2²⁵⁸, so nine limbs of the difference are all of it.
        number[..LimbsOfReciprocal].CopyTo(rest);
        Subtract(rest, multiple[..LimbsOfReciprocal]);
        SubtractOrderOnce(rest);
        SubtractOrderOnce(rest);
        Write(rest[..Limbs], scalar);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(work));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(number));
    }

    /// <summary>Subtracts the order, and adds it again by a mask where that was too much.</summary>
    private void SubtractOrderOnce(Span<uint> number) => AddOrder(number, Subtract(number, _order));

    /// <summary>Adds the order where the mask is all ones.</summary>
    private void AddOrder(Span<uint> number, uint mask)
    {
        ulong carry = 0;
        for (int i = 0; i < number.Length; i++)
        {
            carry = unchecked(carry + number[i] + (i < Limbs ? _order[i] & mask : 0));
            number[i] = unchecked((uint)carry);
            carry >>= 32;
        }
    }

    /// <summary>number −= subtrahend, which is not longer; all ones where it borrowed, else zero.</summary>
    private static uint Subtract(Span<uint> number, ReadOnlySpan<uint> subtrahend)
    {
        long borrow = 0;
        for (int i = 0; i < number.Length; i++)
        {
            borrow = unchecked(borrow + number[i] - (i < subtrahend.Length ? subtrahend[i] : 0));
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
                carry = unchecked(carry + ((ulong)a[i] * b[j]) + product[i + j]);
                product[i + j] = unchecked((uint)carry);
                carry >>= 32;
            }

            product[i + b.Length] = unchecked((uint)carry);
        }
    }

    /// <summary>Reads whole limbs, as many as there are bytes for; those above are left alone.</summary>
    private void Read(ReadOnlySpan<byte> bytes, Span<uint> limbs)
    {
        for (int i = 0; i < bytes.Length / sizeof(uint); i++)
        {
            limbs[i] = _isBigEndian
                ? BinaryPrimitives.ReadUInt32BigEndian(bytes[^(sizeof(uint) * (i + 1))..])
                : BinaryPrimitives.ReadUInt32LittleEndian(bytes[(sizeof(uint) * i)..]);
        }
    }

    private void Write(ReadOnlySpan<uint> limbs, Span<byte> bytes)
    {
        bytes = bytes[..Size];
        for (int i = 0; i < Limbs; i++)
        {
            if (_isBigEndian)
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes[^(sizeof(uint) * (i + 1))..], limbs[i]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes[(sizeof(uint) * i)..], limbs[i]);
            }
        }
    }
}
