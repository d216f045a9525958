using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>The hashes of inner nodes: SHA-256(0x01 ‖ left ‖ right).</summary>
internal static class MerkleNodes
{
    private const byte NodePrefix = 1;

    // Several levels at a time over a few leaves stay in the first cache and leave little to keep.
    private const int LevelsAtOnce = 5;
    private const int LeavesAtOnce = 1024;

    public static Hash256 Hash(in Hash256 left, in Hash256 right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Hash256.Size)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Hash256.Size)..]);
        return Sha256.Hash(input);
    }

    /// <summary>Node i of the result is over nodes 2i and 2i + 1; the result may begin where the children do.</summary>
    public static void HashPairs(ReadOnlySpan<Hash256> children, Span<Hash256> parents, CryptoPath path = CryptoPath.Auto) =>
        Sha256.HashPairs(NodePrefix, children, parents, path);

    /// <summary>How many nodes there are five levels above so many.</summary>
    public static int CountAbove(int count) => ((count - 1) >> LevelsAtOnce) + 1;

    /// <summary>The nodes five levels up, which may begin where the children do.</summary>
    [SkipLocalsInit]
    public static void Climb(ReadOnlySpan<Hash256> children, Span<Hash256> nodes, CryptoPath path)
    {
        Span<Hash256> room = stackalloc Hash256[LeavesAtOnce / 2];
        while (!children.IsEmpty)
        {
            ReadOnlySpan<Hash256> part = children[..Math.Min(LeavesAtOnce, children.Length)];
            children = children[part.Length..];
            Span<Hash256> level = HashLevel(part, room, path);
            for (int i = 1; i < LevelsAtOnce; i++)
            {
                level = HashLevel(level, room, path);
            }

            level.CopyTo(nodes);
            nodes = nodes[level.Length..];
        }
    }

    /// <summary>The next level, in which an odd last node rises unchanged; it may begin where the children do.</summary>
    private static Span<Hash256> HashLevel(ReadOnlySpan<Hash256> children, Span<Hash256> parents, CryptoPath path)
    {
        int pairs = children.Length / 2;
        HashPairs(children[..(2 * pairs)], parents, path);
        if (children.Length % 2 == 0)
        {
            return parents[..pairs];
        }

        parents[pairs] = children[^1];
        return parents[..(pairs + 1)];
    }
}
