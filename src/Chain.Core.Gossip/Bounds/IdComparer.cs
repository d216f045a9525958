using System.Diagnostics;
using System.Runtime.InteropServices;
using Chain.Core.Crypto;

namespace Chain.Core.Gossip;

/// <summary>
/// Hashes ids under a key of this node's own, because peers choose the ids: with a known hash they could choose
/// ids that all fall into one bucket.
/// </summary>
internal sealed class IdComparer : IEqualityComparer<Hash256>
{
    private ulong _key;
    private bool _isUsed;

    /// <summary>Sets the key, before the first use.</summary>
    public void SetKey(ulong key)
    {
        Debug.Assert(!_isUsed, "The key cannot change under a table.");
        _key = key;
    }

    public bool Equals(Hash256 x, Hash256 y) => x == y;

    public int GetHashCode(Hash256 obj)
    {
        ulong hash = Fingerprint(in obj);
        return unchecked((int)(hash ^ (hash >> 32)));
    }

    /// <summary>64 bits that stand for an id: who does not know the key cannot find two ids with the same.</summary>
    public ulong Fingerprint(in Hash256 id)
    {
        _isUsed = true;
        unchecked
        {
            ulong hash = _key;
            foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(Hash256.AsSpan(in id)))
            {
                ulong high = Math.BigMul(hash ^ word, 0x9E3779B97F4A7C15 ^ (_key | 1), out ulong low);
                hash = high ^ low;
            }

            return hash;
        }
    }
}
