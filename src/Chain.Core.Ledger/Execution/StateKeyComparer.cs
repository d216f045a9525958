using System.Buffers.Binary;
using System.Numerics;
using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>
/// Compares keys by their bytes and hashes them with SipHash-1-3 (Aumasson and Bernstein 2012) under a key that
/// nobody knows before the parent block, because senders choose the keys of the state.
/// </summary>
internal sealed class StateKeyComparer : IEqualityComparer<KeyedChange>, IAlternateEqualityComparer<ReadOnlySpan<byte>, KeyedChange>
{
    private readonly ulong _k0;
    private readonly ulong _k1;

    public StateKeyComparer(in Hash256 seed)
    {
        _k0 = BinaryPrimitives.ReadUInt64LittleEndian(Hash256.AsSpan(in seed));
        _k1 = BinaryPrimitives.ReadUInt64LittleEndian(Hash256.AsSpan(in seed)[8..]);
    }

    public bool Equals(KeyedChange? x, KeyedChange? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.Key.Span.SequenceEqual(y.Key.Span));

    public int GetHashCode(KeyedChange obj) => GetHashCode(obj.Key.Span);

    public bool Equals(ReadOnlySpan<byte> alternate, KeyedChange other) => alternate.SequenceEqual(other.Key.Span);

    public KeyedChange Create(ReadOnlySpan<byte> alternate) => throw new NotSupportedException("A change is more than its key.");

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        unchecked
        {
            ulong v0 = _k0 ^ 0x736F6D6570736575;
            ulong v1 = _k1 ^ 0x646F72616E646F6D;
            ulong v2 = _k0 ^ 0x6C7967656E657261;
            ulong v3 = _k1 ^ 0x7465646279746573;
            ulong last = (ulong)alternate.Length << 56;
            for (; alternate.Length >= 8; alternate = alternate[8..])
            {
                Absorb(ref v0, ref v1, ref v2, ref v3, BinaryPrimitives.ReadUInt64LittleEndian(alternate));
            }

            for (int i = 0; i < alternate.Length; i++)
            {
                last |= (ulong)alternate[i] << (8 * i);
            }

            Absorb(ref v0, ref v1, ref v2, ref v3, last);
            v2 ^= 0xFF;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            ulong hash = v0 ^ v1 ^ v2 ^ v3;
            return (int)(hash ^ (hash >> 32));
        }
    }

    private static void Absorb(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3, ulong word)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        unchecked
        {
            v0 += v1;
            v2 += v3;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 = BitOperations.RotateLeft(v0, 32) + v3;
            v2 += v1;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
