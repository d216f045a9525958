using Chain.Core.Crypto;

namespace Chain.Core.Machines;

/// <summary>Who a peer is: the static X25519 public key that it proved to hold in the handshake.</summary>
/// <param name="PublicKey">The 32 bytes of the key.</param>
public readonly record struct PeerId(Hash256 PublicKey) : IComparable<PeerId>
{
    /// <inheritdoc/>
    public int CompareTo(PeerId other) => PublicKey.CompareTo(other.PublicKey);

    /// <summary>The first digits, for people to read.</summary>
    public override string ToString() => PublicKey.ToShortString();

    /// <summary>Smaller as an unsigned big-endian number.</summary>
    public static bool operator <(PeerId left, PeerId right) => left.CompareTo(right) < 0;

    /// <summary>Greater as an unsigned big-endian number.</summary>
    public static bool operator >(PeerId left, PeerId right) => left.CompareTo(right) > 0;

    /// <summary>Smaller or equal as an unsigned big-endian number.</summary>
    public static bool operator <=(PeerId left, PeerId right) => left.CompareTo(right) <= 0;

    /// <summary>Greater or equal as an unsigned big-endian number.</summary>
    public static bool operator >=(PeerId left, PeerId right) => left.CompareTo(right) >= 0;
}
