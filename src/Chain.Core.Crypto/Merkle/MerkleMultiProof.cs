namespace Chain.Core.Crypto;

/// <summary>The walk of a multi-proof: level by level, with the known nodes of each from left to right.</summary>
internal static class MerkleMultiProof
{
    /// <summary>At least one index, all below the size, each greater than the one before.</summary>
    public static bool AreAscending(ReadOnlySpan<ulong> indexes, ulong size)
    {
        for (int i = 1; i < indexes.Length; i++)
        {
            if (indexes[i] <= indexes[i - 1])
            {
                return false;
            }
        }

        return !indexes.IsEmpty && indexes[^1] < size;
    }

    public static Hash256[] Make(MerkleMountainRange tree, ulong size, ReadOnlySpan<ulong> indexes)
    {
        var proof = new List<Hash256>();
        Span<ulong> known = indexes.ToArray();
        int height = 0;
        for (ulong last = size - 1; last != 0; last >>= 1, height++)
        {
            int parents = 0;
            for (int i = 0; i < known.Length; i++)
            {
                ulong index = known[i];
                if (i + 1 < known.Length && known[i + 1] == (index ^ 1))
                {
                    i++;
                }
                else if ((index ^ 1) <= last)
                {
                    proof.Add(tree.Node(height, index ^ 1, size));
                }

                known[parents++] = index >> 1;
            }

            known = known[..parents];
        }

        return [.. proof];
    }

    /// <summary>Folds the leaves and all hashes of the proof into the root that they imply.</summary>
    public static bool TryFindRoot(
        ulong size, ReadOnlySpan<ulong> indexes, ReadOnlySpan<Hash256> leafHashes, ReadOnlySpan<Hash256> proof, out Hash256 root)
    {
        Span<ulong> known = indexes.ToArray();
        Span<Hash256> hashes = leafHashes.ToArray();
        Span<Hash256> children = new Hash256[2 * indexes.Length];
        for (ulong last = size - 1; last != 0; last >>= 1)
        {
            bool endRises = known[^1] == last && (last & 1) == 0;
            Hash256 end = hashes[^1];
            if (!TryPair(endRises ? known[..^1] : known, hashes, children, ref proof, out int pairs))
            {
                root = default;
                return false;
            }

            MerkleNodes.HashPairs(children[..(2 * pairs)], hashes);
            int parents = endRises ? pairs + 1 : pairs;
            known = known[..parents];
            hashes = hashes[..parents];
            if (endRises)
            {
                known[^1] = last >> 1;
                hashes[^1] = end;
            }
        }

        root = hashes[0];
        return proof.IsEmpty;
    }

    /// <summary>
    /// Lays each known node beside its sibling, which is the next known node or the next hash of the
    /// proof, and turns the indexes into those of the parents.
    /// </summary>
    private static bool TryPair(
        Span<ulong> known, ReadOnlySpan<Hash256> hashes, Span<Hash256> children, ref ReadOnlySpan<Hash256> proof, out int pairs)
    {
        pairs = 0;
        for (int i = 0; i < known.Length; i++)
        {
            ulong index = known[i];
            int own = (2 * pairs) + (int)(index & 1);
            int other = own ^ 1;
            children[own] = hashes[i];
            if (i + 1 < known.Length && known[i + 1] == (index ^ 1))
            {
                children[other] = hashes[++i];
            }
            else if (!proof.IsEmpty)
            {
                children[other] = proof[0];
                proof = proof[1..];
            }
            else
            {
                return false;
            }

            known[pairs++] = index >> 1;
        }

        return true;
    }
}
