namespace Chain.Core.Crypto;

/// <summary>The hashes of inner nodes: SHA-256(0x01 ‖ left ‖ right).</summary>
internal static class MerkleNodes
{
    private const byte NodePrefix = 1;

    public static Hash256 Hash(in Hash256 left, in Hash256 right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Hash256.Size)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Hash256.Size)..]);
        return Sha256.Hash(input);
    }

    /// <summary>Node i of the result is over nodes 2i and 2i + 1; the result may begin where the children do.</summary>
    public static void HashPairs(ReadOnlySpan<Hash256> children, Span<Hash256> parents)
    {
        for (int i = 0; i < children.Length / 2; i++)
        {
            parents[i] = Hash(in children[2 * i], in children[(2 * i) + 1]);
        }
    }

    /// <summary>The next level, in which an odd last node rises unchanged; answers how many nodes it has.</summary>
    public static int HashLevel(ReadOnlySpan<Hash256> children, Span<Hash256> parents)
    {
        int pairs = children.Length / 2;
        HashPairs(children[..(2 * pairs)], parents);
        if (children.Length % 2 == 0)
        {
            return pairs;
        }

        parents[pairs] = children[^1];
        return pairs + 1;
    }
}
