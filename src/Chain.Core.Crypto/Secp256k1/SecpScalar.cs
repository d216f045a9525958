using System.Buffers.Binary;

namespace Chain.Core.Crypto;

/// <summary>
/// A number modulo the order of the base point, n = 2²⁵⁶ − 0x14551231950B75FC4402DA1732FC9BEBF, always below it, in four
/// 64-bit words, least significant first. Variable time: public data only.
/// </summary>
internal readonly struct SecpScalar
{
    /// <summary>Length of an encoding in bytes.</summary>
    public const int Size = 32;

    private const ulong N0 = 0xbfd25e8cd0364141;
    private const ulong N1 = 0xbaaedce6af48a03b;
    private const ulong N2 = 0xfffffffffffffffe;
    private const ulong N3 = ulong.MaxValue;

    public readonly ulong W0;
    public readonly ulong W1;
    public readonly ulong W2;
    public readonly ulong W3;

    public SecpScalar(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        W0 = w0;
        W1 = w1;
        W2 = w2;
        W3 = w3;
    }

    public static SecpScalar One => new(1, 0, 0, 0);

    public bool IsZero => (W0 | W1 | W2 | W3) == 0;

    /// <summary>Whether this is above n / 2: its negative is the smaller one.</summary>
    public bool IsHigh => new SecpScalar(0xdfe92f46681b20a0, 0x5d576e7357a4501d, ulong.MaxValue, 0x7fffffffffffffff).IsBelow(this);

    /// <summary>2²⁵⁶ − n.</summary>
    private static ReadOnlySpan<ulong> Complement => [0x402da1732fc9bebf, 0x4551231950b75fc4, 1];

    /// <summary>Reads 32 big-endian bytes; false from n on.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SecpScalar scalar)
    {
        scalar = Read(bytes);
        return scalar.IsBelow(new SecpScalar(N0, N1, N2, N3));
    }

    /// <summary>Reads 32 big-endian bytes modulo n.</summary>
    public static SecpScalar Parse(ReadOnlySpan<byte> bytes) =>
        TryParse(bytes, out SecpScalar scalar) ? scalar : scalar.SubtractOrder();

    public static SecpScalar operator *(in SecpScalar a, in SecpScalar b)
    {
        Span<ulong> product = stackalloc ulong[8];
        Words.Multiply([a.W0, a.W1, a.W2, a.W3], [b.W0, b.W1, b.W2, b.W3], product);
        return Reduce(product);
    }

    /// <summary>n − this; 0 for 0.</summary>
    public static SecpScalar operator -(in SecpScalar a)
    {
        if (a.IsZero)
        {
            return a;
        }

        Span<ulong> words = [N0, N1, N2, N3];
        Words.Subtract(words, [a.W0, a.W1, a.W2, a.W3]);
        return new(words[0], words[1], words[2], words[3]);
    }

    /// <summary>1 / this modulo n; 0 for 0.</summary>
    public SecpScalar Invert()
    {
        Span<ulong> words = [W0, W1, W2, W3];
        ModularInverse.OfSecpOrder.Invert(words);
        return new(words[0], words[1], words[2], words[3]);
    }

    /// <summary>Whether this is less than <paramref name="other"/>, as plain numbers.</summary>
    public bool IsBelow(in SecpScalar other) =>
        W3 != other.W3 ? W3 < other.W3
        : W2 != other.W2 ? W2 < other.W2
        : W1 != other.W1 ? W1 < other.W1
        : W0 < other.W0;

    /// <summary>
    /// Adds n where the sum is below the prime of the field: another x-coordinate of which this scalar is the rest.
    /// </summary>
    public bool TryAddOrder(out SecpFieldElement sum)
    {
        // n + this < p exactly where this < p − n, a number of 129 bits.
        sum = default;
        if (!IsBelow(new SecpScalar(0x402da1722fc9baee, 0x4551231950b75fc4, 1, 0)))
        {
            return false;
        }

        Span<ulong> words = [W0, W1, W2, W3, 0];
        Words.Add(words, [N0, N1, N2, N3]);
        sum = SecpFieldElement.FromWords(words[0], words[1], words[2], words[3]);
        return true;
    }

    /// <summary>The field element with the same number.</summary>
    public SecpFieldElement ToFieldElement() => SecpFieldElement.FromWords(W0, W1, W2, W3);

    private static SecpScalar Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>Eight words modulo n, with 2²⁵⁶ ≡ 2²⁵⁶ − n, a number of 129 bits.</summary>
    private static SecpScalar Reduce(ReadOnlySpan<ulong> product)
    {
        // < 2³⁸⁶, < 2²⁶⁰, < 2²⁵⁶ + 2¹³³, < 2²⁵⁶ (after a carry out the rest is small).
        Span<ulong> first = stackalloc ulong[8];
        Span<ulong> second = stackalloc ulong[8];
        Fold(product, first);
        Fold(first[..7], second);
        Fold(second[..5], first);
        Fold(first[..5], second);
        var result = new SecpScalar(second[0], second[1], second[2], second[3]);
        return result.IsBelow(new SecpScalar(N0, N1, N2, N3)) ? result : result.SubtractOrder();
    }

    /// <summary>The low four words plus the others times 2²⁵⁶ − n.</summary>
    private static void Fold(ReadOnlySpan<ulong> number, Span<ulong> result)
    {
        result.Clear();
        Words.Multiply(number[4..], Complement, result);
        Words.Add(result, number[..4]);
    }

    private SecpScalar SubtractOrder()
    {
        Span<ulong> words = [W0, W1, W2, W3];
        Words.Subtract(words, [N0, N1, N2, N3]);
        return new(words[0], words[1], words[2], words[3]);
    }
}
