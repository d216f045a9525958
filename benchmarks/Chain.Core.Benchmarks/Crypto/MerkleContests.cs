using System.Security.Cryptography;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>The root of RFC 6962 over 10,000 leaf hashes, against the runtime's SHA-256 called once for each node.</summary>
internal static class MerkleContests
{
    private const int Leaves = 10_000;

    public static Contest Root()
    {
        Hash256[] leaves = [.. Enumerable.Range(0, Leaves).Select(i => Sha256.Hash(BitConverter.GetBytes(i)))];
        Hash256 expected = OneAtATime(leaves);
        return new Contest(
            () => Require(MerkleTree.Root(leaves), expected),
            () => Require(OneAtATime(leaves), expected),
            () => MerkleTree.Root(leaves) is var root && root == expected ? null : $"{root} against {expected}");
    }

    private static Hash256 OneAtATime(Hash256[] leaves)
    {
        Hash256[] level = [.. leaves];
        Span<byte> node = stackalloc byte[1 + (2 * Hash256.Size)];
        node[0] = 1;
        for (int count = level.Length; count > 1; count = (count + 1) / 2)
        {
            for (int i = 0; i < count / 2; i++)
            {
                level[2 * i].CopyTo(node[1..]);
                level[(2 * i) + 1].CopyTo(node[(1 + Hash256.Size)..]);
                level[i] = HashOf(node);
            }

            if (count % 2 != 0)
            {
                level[count / 2] = level[count - 1];
            }
        }

        return level[0];
    }

    private static Hash256 HashOf(ReadOnlySpan<byte> node)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        SHA256.HashData(node, digest);
        return new Hash256(digest);
    }

    private static void Require(Hash256 root, Hash256 expected)
    {
        if (root != expected)
        {
            throw new InvalidOperationException("A root is wrong.");
        }
    }
}
