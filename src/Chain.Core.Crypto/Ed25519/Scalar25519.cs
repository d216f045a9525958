using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chain.Core.Crypto;

/// <summary>
/// A number below 2²⁵⁶ in four 64-bit words, least significant first; arithmetic is modulo the order of the base point,
/// L = 2²⁵² + 27742317777372353535851937790883648493. Variable time: public data only.
/// </summary>
internal readonly struct Scalar25519
{
    /// <summary>Length of an encoding in bytes.</summary>
    public const int Size = 32;

    private const int WordCount = 4;

    public readonly ulong W0;
    public readonly ulong W1;
    public readonly ulong W2;
    public readonly ulong W3;

    public Scalar25519(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        W0 = w0;
        W1 = w1;
        W2 = w2;
        W3 = w3;
    }

    /// <summary>L.</summary>
    public static Scalar25519 Order => new(0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000);

    private static ReadOnlySpan<ulong> OrderWords => [0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000];

    /// <summary>⌊2⁵¹² / L⌋.</summary>
    private static ReadOnlySpan<ulong> Reciprocal =>
        [0xed9ce5a30a2c131b, 0x2106215d086329a7, 0xffffffffffffffeb, 0xffffffffffffffff, 0xf];

    /// <summary>Reads 32 little-endian bytes; false from L on.</summary>
    public static bool TryParseCanonical(ReadOnlySpan<byte> bytes, out Scalar25519 scalar)
    {
        scalar = Parse(bytes);
        return scalar.IsBelow(Order);
    }

    /// <summary>Reads 32 little-endian bytes as they are.</summary>
    public static Scalar25519 Parse(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));

    /// <summary>The 512-bit little-endian number modulo L (Barrett, HAC 14.42 with words of 64 bits).</summary>
    public static Scalar25519 Reduce(ReadOnlySpan<byte> bytes64)
    {
        Span<ulong> x = stackalloc ulong[2 * WordCount];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes64[(8 * i)..]);
        }

        // The quotient estimate is at most 2 too small, so the remainder is below 3L and fits in four words.
        Span<ulong> product = stackalloc ulong[10];
        Words.Multiply(x[3..], Reciprocal, product);
        Span<ulong> multiple = stackalloc ulong[9];
        Words.Multiply(product[5..], OrderWords, multiple);
        return Subtract(x, multiple).SubtractOrderIfAbove().SubtractOrderIfAbove();
    }

    /// <summary>a·b + c modulo L.</summary>
    public static Scalar25519 MultiplyAdd(in Scalar25519 a, in Scalar25519 b, in Scalar25519 c)
    {
        Span<ulong> product = stackalloc ulong[8];
        Words.Multiply([a.W0, a.W1, a.W2, a.W3], [b.W0, b.W1, b.W2, b.W3], product);
        ReadOnlySpan<ulong> addend = [c.W0, c.W1, c.W2, c.W3];
        Span<byte> bytes = stackalloc byte[64];
        UInt128 carry = 0;
        for (int i = 0; i < product.Length; i++)
        {
            carry += (UInt128)product[i] + (i < addend.Length ? addend[i] : 0);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(8 * i)..], unchecked((ulong)carry));
            carry >>= 64;
        }

        return Reduce(bytes);
    }

    /// <summary>a·b modulo L for a up to 2¹²⁶·(1 + 2⁻²⁰) and b below L.</summary>
    public static Scalar25519 MultiplyByHalf(UInt128 a, in Scalar25519 b)
    {
        unchecked
        {
            // With L = 2²⁵² + c, h·2²⁵² + l is l − h·c, from −2²⁵² to 2²⁵², as h is below 2¹²⁷ and c below 2¹²⁵.
            ulong a0 = (ulong)a, a1 = (ulong)(a >> 64);
            (ulong p0, ulong carry0) = Multiply(a0, b.W0, 0, 0);
            (ulong p1, carry0) = Multiply(a0, b.W1, carry0, 0);
            (ulong p2, carry0) = Multiply(a0, b.W2, carry0, 0);
            (ulong p3, ulong p4) = Multiply(a0, b.W3, carry0, 0);
            (p1, ulong carry1) = Multiply(a1, b.W0, p1, 0);
            (p2, carry1) = Multiply(a1, b.W1, p2, carry1);
            (p3, carry1) = Multiply(a1, b.W2, p3, carry1);
            (p4, ulong p5) = Multiply(a1, b.W3, p4, carry1);

            ulong h0 = (p3 >> 60) | (p4 << 4), h1 = (p4 >> 60) | (p5 << 4);
            ulong c0 = OrderWords[0], c1 = OrderWords[1];
            (ulong q0, ulong carry) = Multiply(h0, c0, 0, 0);
            (ulong q1, ulong q2) = Multiply(h0, c1, carry, 0);
            (q1, carry) = Multiply(h1, c0, q1, 0);
            (q2, ulong q3) = Multiply(h1, c1, q2, carry);

            Scalar25519 difference = Subtract([p0, p1, p2, p3 & (ulong.MaxValue >> 4)], [q0, q1, q2, q3]);
            return difference.W3 >> 63 == 0 ? difference : difference.AddOrder();
        }
    }

    /// <summary>Writes 32 little-endian bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, W0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], W1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], W2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], W3);
    }

    /// <summary>Whether this is less than <paramref name="other"/>, as plain numbers.</summary>
    public bool IsBelow(in Scalar25519 other) =>
        W3 != other.W3 ? W3 < other.W3
        : W2 != other.W2 ? W2 < other.W2
        : W1 != other.W1 ? W1 < other.W1
        : W0 < other.W0;

    /// <summary>
    /// Writes the 64 digits of radix 16, least significant first, each from −8 to 7. For numbers below 2²⁵⁵.
    /// </summary>
    public void CopySignedNibbles(Span<sbyte> digits)
    {
        // With 8 added to every digit, carries and all, the digits are plain ones.
        Scalar25519 shifted = AddWithoutCarryOut(0x8888888888888888);
        CopyNibbles(shifted.W0, digits);
        CopyNibbles(shifted.W1, digits[16..]);
        CopyNibbles(shifted.W2, digits[32..]);
        CopyNibbles(shifted.W3, digits[48..]);
    }

    /// <summary>As <see cref="CopySignedNibbles"/>: 32 digits of radix 256, each from −128 to 127.</summary>
    public void CopySignedBytes(Span<sbyte> digits)
    {
        const ulong Middle = 0x8080808080808080;
        Scalar25519 shifted = AddWithoutCarryOut(Middle);
        new Scalar25519(shifted.W0 ^ Middle, shifted.W1 ^ Middle, shifted.W2 ^ Middle, shifted.W3 ^ Middle)
            .CopyTo(MemoryMarshal.AsBytes(digits));
    }

    private static void CopyNibbles(ulong word, Span<sbyte> digits)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(MemoryMarshal.AsBytes(digits), SpreadNibbles((uint)(word & uint.MaxValue)));
        BinaryPrimitives.WriteUInt64LittleEndian(MemoryMarshal.AsBytes(digits[8..]), SpreadNibbles((uint)(word >> 32)));
    }

    /// <summary>Eight nibbles, less 8 each, as eight signed bytes.</summary>
    private static ulong SpreadNibbles(ulong nibbles)
    {
        nibbles = (nibbles | (nibbles << 16)) & 0x0000ffff0000ffff;
        nibbles = (nibbles | (nibbles << 8)) & 0x00ff00ff00ff00ff;
        nibbles = (nibbles | (nibbles << 4)) & 0x0f0f0f0f0f0f0f0f;
        return ((nibbles | 0x8080808080808080) - 0x0808080808080808) ^ 0x8080808080808080;
    }

    /// <summary>The sum with the same word four times over; the caller knows that it is below 2²⁵⁶.</summary>
    private Scalar25519 AddWithoutCarryOut(ulong word)
    {
        unchecked
        {
            ulong w0 = W0 + word;
            ulong carry = w0 < word ? 1UL : 0;
            ulong w1 = W1 + word + carry;
            carry = w1 < word || (carry == 1 && w1 == word) ? 1UL : 0;
            ulong w2 = W2 + word + carry;
            carry = w2 < word || (carry == 1 && w2 == word) ? 1UL : 0;
            return new(w0, w1, w2, W3 + word + carry);
        }
    }

    /// <summary>a·b + c + d, which fits in two words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Low, ulong High) Multiply(ulong a, ulong b, ulong c, ulong d)
    {
        unchecked
        {
            ulong low = a * b, high = Words.High(a, b);
            low += c;
            high += low < c ? 1UL : 0;
            low += d;
            return (low, high + (low < d ? 1UL : 0));
        }
    }

    private static Scalar25519 Subtract(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        unchecked
        {
            Span<ulong> words = stackalloc ulong[WordCount];
            ulong borrow = 0;
            for (int i = 0; i < words.Length; i++)
            {
                ulong difference = a[i] - b[i];
                ulong next = a[i] < b[i] ? 1UL : 0;
                words[i] = difference - borrow;
                borrow = next | (difference < borrow ? 1UL : 0);
            }

            return new(words[0], words[1], words[2], words[3]);
        }
    }

    private Scalar25519 AddOrder()
    {
        Span<ulong> words = [W0, W1, W2, W3];
        Words.Add(words, OrderWords);
        return new(words[0], words[1], words[2], words[3]);
    }

    private Scalar25519 SubtractOrderIfAbove() =>
        IsBelow(Order) ? this : Subtract([W0, W1, W2, W3], OrderWords);
}
