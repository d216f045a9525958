using System.Security.Cryptography;

namespace Chain.Core.Crypto.Tests.Merkle;

/// <summary>RFC 6962 section 2.1 word by word: recursive, with the BCL's SHA-256.</summary>
internal static class MerkleReference
{
    public static Hash256 Leaf(byte[] bytes) => new(SHA256.HashData([0, .. bytes]));

    public static Hash256 Node(Hash256 left, Hash256 right) =>
        new(SHA256.HashData([1, .. left.ToArray(), .. right.ToArray()]));

    public static Hash256 Root(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.IsEmpty ? new(SHA256.HashData([])) : leaves[0];
        }

        int k = Split(leaves.Length);
        return Node(Root(leaves[..k]), Root(leaves[k..]));
    }

    public static Hash256[] Path(int m, ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        int k = Split(leaves.Length);
        return m < k
            ? [.. Path(m, leaves[..k]), Root(leaves[k..])]
            : [.. Path(m - k, leaves[k..]), Root(leaves[..k])];
    }

    public static Hash256[] Proof(int m, ReadOnlySpan<Hash256> leaves) => SubProof(m, leaves, true);

    public static Hash256[] Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Leaf(BitConverter.GetBytes(i)))];

    private static Hash256[] SubProof(int m, ReadOnlySpan<Hash256> leaves, bool isKnown)
    {
        if (m == leaves.Length)
        {
            return isKnown ? [] : [Root(leaves)];
        }

        int k = Split(leaves.Length);
        return m <= k
            ? [.. SubProof(m, leaves[..k], isKnown), Root(leaves[k..])]
            : [.. SubProof(m - k, leaves[k..], false), Root(leaves[..k])];
    }

    /// <summary>The largest power of two smaller than n.</summary>
    private static int Split(int n)
    {
        int k = 1;
        while (2 * k < n)
        {
            k *= 2;
        }

        return k;
    }
}
