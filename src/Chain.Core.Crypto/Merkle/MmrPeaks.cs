using System.Numerics;

namespace Chain.Core.Crypto;

/// <summary>
/// The compact state of a Merkle mountain range: its size and its peaks. Enough to append leaves and to
/// know the root; at most 64 hashes for any history. A value: appending makes a new one.
/// </summary>
/// <remarks>
/// <para>
/// A mountain is a complete binary tree; the sizes of the mountains, from left to right, are the powers
/// of two in the binary form of the number of leaves, the greatest first. A leaf is
/// SHA-256(0x00 ‖ bytes), a node inside a mountain SHA-256(0x01 ‖ left ‖ right).
/// </para>
/// <para>
/// The root bags the peaks from right to left: it begins with the last peak, and each peak to its left
/// is joined as SHA-256(0x01 ‖ peak ‖ so far). One peak alone is the root; no peak at all is SHA-256 of
/// nothing. This <i>is</i> the root of RFC 6962 over the same leaves, so the proofs are those of
/// <see cref="MerkleTree"/>: an inclusion proof is an audit path, and a consistency proof is the proof
/// of ancestry. A holder of nothing but a size and a root checks both.
/// </para>
/// </remarks>
public sealed class MmrPeaks : IEquatable<MmrPeaks>
{
    private readonly Hash256[] _peaks;

    private MmrPeaks(ulong size, Hash256[] peaks)
    {
        Size = size;
        _peaks = peaks;
    }

    /// <summary>The range without leaves.</summary>
    public static MmrPeaks Empty { get; } = new(0, []);

    /// <summary>How many leaves there are.</summary>
    public ulong Size { get; }

    /// <summary>The peaks from left to right, the highest mountain first: one for each bit set in the size.</summary>
    public ReadOnlySpan<Hash256> Peaks => _peaks;

    /// <summary>The root, bagged anew on each call: less than 64 hashes.</summary>
    public Hash256 Root
    {
        get
        {
            if (_peaks.Length == 0)
            {
                return MerkleTree.EmptyRoot;
            }

            Hash256 root = _peaks[^1];
            for (int i = _peaks.Length - 2; i >= 0; i--)
            {
                root = MerkleNodes.Hash(in _peaks[i], in root);
            }

            return root;
        }
    }

    /// <summary>Takes a stored or received state; false where the number of peaks does not belong to the size.</summary>
    public static bool TryCreate(ulong size, ReadOnlySpan<Hash256> peaks, out MmrPeaks range)
    {
        bool isValid = peaks.Length == BitOperations.PopCount(size);
        range = isValid ? new MmrPeaks(size, peaks.ToArray()) : Empty;
        return isValid;
    }

    /// <summary>The range with one more leaf.</summary>
    /// <param name="leafHash">The hash of the leaf, from <see cref="MerkleTree.LeafHash"/>.</param>
    /// <exception cref="OverflowException">There are 2⁶⁴ − 1 leaves.</exception>
    public MmrPeaks Append(in Hash256 leafHash)
    {
        ulong size = checked(Size + 1);

        // Each mountain as high as the new one merges with it, as a carry runs through the ones of a number.
        int merged = BitOperations.TrailingZeroCount(size);
        int kept = _peaks.Length - merged;
        Hash256 peak = leafHash;
        for (int i = _peaks.Length - 1; i >= kept; i--)
        {
            peak = MerkleNodes.Hash(in _peaks[i], in peak);
        }

        return new MmrPeaks(size, [.. _peaks.AsSpan(0, kept), peak]);
    }

    /// <summary>Whether <paramref name="leafHash"/> is leaf <paramref name="index"/> of this range.</summary>
    public bool VerifyInclusion(ulong index, in Hash256 leafHash, ReadOnlySpan<Hash256> proof) =>
        MerkleTree.VerifyInclusion(Root, Size, index, in leafHash, proof);

    /// <summary>Whether the range with this size and root begins with all leaves of this one.</summary>
    public bool IsPrefixOf(ulong newerSize, in Hash256 newerRoot, ReadOnlySpan<Hash256> ancestryProof) =>
        MerkleTree.VerifyConsistency(Size, Root, newerSize, in newerRoot, ancestryProof);

    /// <inheritdoc/>
    public bool Equals(MmrPeaks? other) =>
        other is not null && Size == other.Size && _peaks.AsSpan().SequenceEqual(other._peaks);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MmrPeaks);

    /// <inheritdoc/>
    public override int GetHashCode() => _peaks.Length == 0 ? 0 : _peaks[^1].GetHashCode();
}
