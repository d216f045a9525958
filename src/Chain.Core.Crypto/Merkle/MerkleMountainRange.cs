using System.Numerics;
using System.Runtime.InteropServices;

namespace Chain.Core.Crypto;

/// <summary>
/// An append-only Merkle tree that keeps every node in memory (64 bytes a leaf) and makes the proofs of
/// any size it ever had. Roots and proofs are those of <see cref="MerkleTree"/>, whose verifiers check
/// them; <see cref="MmrPeaks"/> states the layout, and is enough where no proofs are made.
/// </summary>
public sealed class MerkleMountainRange
{
    // Complete nodes only, by height: node i at height h is over the leaves i·2ʰ to (i + 1)·2ʰ − 1.
    private readonly List<List<Hash256>> _heights = [[]];

    /// <summary>The range without leaves.</summary>
    public MerkleMountainRange()
    {
    }

    /// <summary>The range over these leaf hashes.</summary>
    public MerkleMountainRange(ReadOnlySpan<Hash256> leafHashes) => Append(leafHashes);

    /// <summary>How many leaves there are.</summary>
    public ulong Size => (ulong)_heights[0].Count;

    /// <summary>The root over all leaves; fewer than 64 hashes on each call.</summary>
    public Hash256 Root => RootAt(Size);

    /// <summary>The compact state of the whole range.</summary>
    public MmrPeaks Peaks => PeaksAt(Size);

    /// <summary>Adds one leaf at the end.</summary>
    public void Append(in Hash256 leafHash) => Append(new ReadOnlySpan<Hash256>(in leafHash));

    /// <summary>Adds leaves at the end, many hashes at once.</summary>
    public void Append(ReadOnlySpan<Hash256> leafHashes)
    {
        CollectionExtensions.AddRange(_heights[0], leafHashes);
        for (int height = 0; _heights[height].Count > 1; height++)
        {
            if (height + 1 == _heights.Count)
            {
                _heights.Add([]);
            }

            ReadOnlySpan<Hash256> children = CollectionsMarshal.AsSpan(_heights[height]);
            List<Hash256> parents = _heights[height + 1];
            int before = parents.Count;
            CollectionsMarshal.SetCount(parents, children.Length / 2);
            MerkleNodes.HashPairs(
                children[(2 * before)..(2 * parents.Count)], CollectionsMarshal.AsSpan(parents)[before..]);
        }
    }

    /// <summary>The leaf hash at an index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public Hash256 Leaf(ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return _heights[0][(int)index];
    }

    /// <summary>The root over the first <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer leaves.</exception>
    public Hash256 RootAt(ulong size)
    {
        RequireSize(size);
        return size == 0 ? MerkleTree.EmptyRoot : Node(HeightOf(size), 0, size);
    }

    /// <summary>The compact state after the first <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer leaves.</exception>
    public MmrPeaks PeaksAt(ulong size)
    {
        RequireSize(size);
        var peaks = new List<Hash256>();
        for (int height = HeightOf(size); height >= 0; height--)
        {
            if (((size >> height) & 1) != 0)
            {
                peaks.Add(_heights[height][(int)(size >> height) - 1]);
            }
        }

        MmrPeaks.TryCreate(size, CollectionsMarshal.AsSpan(peaks), out MmrPeaks range);
        return range;
    }

    /// <summary>The proof that a leaf is in the range as it is now: its audit path, from the leaf up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public Hash256[] InclusionProof(ulong index) => InclusionProof(index, Size);

    /// <summary>The proof that a leaf is in the range as it was at <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer leaves, or the index is not below the size.</exception>
    public Hash256[] InclusionProof(ulong index, ulong size)
    {
        RequireSize(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return [.. Siblings(0, index, size)];
    }

    /// <summary>
    /// The proof that several leaves are in the range as it is now, with the fewest hashes: see
    /// <see cref="MerkleTree.MultiProof"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The indexes do not ascend strictly, or there are none, or not so many leaves.</exception>
    public Hash256[] MultiProof(ReadOnlySpan<ulong> indexes) =>
        MerkleMultiProof.AreAscending(indexes, Size)
            ? MerkleMultiProof.Make(this, Size, indexes)
            : throw new ArgumentException("The indexes must ascend strictly below the size.", nameof(indexes));

    /// <summary>The proof that the range at <paramref name="olderSize"/> leaves is a prefix of the range as it is now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer leaves.</exception>
    public Hash256[] AncestryProof(ulong olderSize) => AncestryProof(olderSize, Size);

    /// <summary>The proof that the range at one size is a prefix of the range at another: a consistency proof.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sizes do not ascend, or there are fewer leaves.</exception>
    public Hash256[] AncestryProof(ulong olderSize, ulong newerSize)
    {
        RequireSize(newerSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(olderSize, newerSize);
        if (olderSize == 0 || olderSize == newerSize)
        {
            return [];
        }

        // The last mountain of the older range; the verifier knows it where it is the only one.
        int height = BitOperations.TrailingZeroCount(olderSize);
        ulong index = (olderSize >> height) - 1;
        IEnumerable<Hash256> siblings = Siblings(height, index, newerSize);
        return index == 0 ? [.. siblings] : [_heights[height][(int)index], .. siblings];
    }

    /// <summary>
    /// The node over the leaves from index·2^height on, as many as there are of 2^height among the first
    /// <paramref name="size"/>.
    /// </summary>
    internal Hash256 Node(int height, ulong index, ulong size)
    {
        if (index < size >> height)
        {
            return _heights[height][(int)index];
        }

        // Only the last node of a level is incomplete; a lone left child rises unchanged.
        ulong left = 2 * index;
        Hash256 leftHash = Node(height - 1, left, size);
        return left == (size - 1) >> (height - 1)
            ? leftHash
            : MerkleNodes.Hash(in leftHash, Node(height - 1, left + 1, size));
    }

    private static int HeightOf(ulong size) => size <= 1 ? 0 : BitOperations.Log2(size - 1) + 1;

    private IEnumerable<Hash256> Siblings(int height, ulong index, ulong size)
    {
        for (ulong last = (size - 1) >> height; last != 0; last >>= 1, index >>= 1, height++)
        {
            if ((index ^ 1) <= last)
            {
                yield return Node(height, index ^ 1, size);
            }
        }
    }

    private void RequireSize(ulong size) => ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
}
