namespace Chain.Core.Crypto;

/// <summary>
/// An element of the ristretto255 group (RFC 9496): prime order, one encoding an element, no cofactor to think of. For
/// public data only: times depend on the values.
/// </summary>
public sealed class Ristretto255 : IEquatable<Ristretto255>
{
    /// <summary>Length of an encoding in bytes.</summary>
    public const int Size = RistrettoCoding.Size;

    /// <summary>Length of a scalar in bytes: little-endian, below the order.</summary>
    public const int ScalarSize = Scalar25519.Size;

    /// <summary>Length of the input of <see cref="FromUniformBytes"/>.</summary>
    public const int UniformSize = 64;

    internal Ristretto255(in EdwardsPoint point) => Point = point;

    /// <summary>The neutral element; its encoding is 32 zero bytes.</summary>
    public static Ristretto255 Identity { get; } = new(EdwardsPoint.Identity);

    /// <summary>The generator.</summary>
    public static Ristretto255 Base { get; } = new(EdwardsPoint.Base);

    /// <summary>One of the points of edwards25519 that are this element.</summary>
    internal EdwardsPoint Point { get; }

    /// <summary>Decodes 32 bytes; null for anything but the one encoding of an element.</summary>
    public static Ristretto255? Decode(ReadOnlySpan<byte> bytes) =>
        RistrettoCoding.TryDecode(bytes, out EdwardsPoint point) ? new Ristretto255(point) : null;

    /// <summary>The element that 64 uniform bytes stand for; nobody knows its logarithm.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 64 bytes long.</exception>
    public static Ristretto255 FromUniformBytes(ReadOnlySpan<byte> bytes) => bytes.Length == UniformSize
        ? new Ristretto255(RistrettoCoding.FromUniformBytes(bytes))
        : throw new ArgumentException($"An element is made of {UniformSize} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>This element times a scalar; null where the scalar is not 32 bytes long and below the order.</summary>
    public Ristretto255? Multiply(ReadOnlySpan<byte> scalar)
    {
        if (scalar.Length != ScalarSize || !Scalar25519.TryParseCanonical(scalar, out Scalar25519 number))
        {
            return null;
        }

        return new Ristretto255(DoubleScalarProduct.Compute(default, number, Point));
    }

    /// <summary>The sum of both elements.</summary>
    public Ristretto255 Add(Ristretto255 other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Ristretto255(Point + other.Point);
    }

    /// <summary>The 32 bytes of the element.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[Size];
        RistrettoCoding.Encode(Point, bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(Ristretto255? other) => other is not null && RistrettoCoding.AreSame(Point, other.Point);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Ristretto255 other && Equals(other);

    /// <summary>The first bytes of the encoding; use a keyed hash where a peer chooses the elements of a table.</summary>
    public override int GetHashCode() => BitConverter.ToInt32(Encode());
}
