namespace Chain.Core.Crypto;

/// <summary>
/// The Merkle tree of RFC 6962 section 2.1 (also RFC 9162): a leaf is SHA-256(0x00 ‖ bytes), a node is
/// SHA-256(0x01 ‖ left ‖ right), the empty tree is SHA-256 of nothing. The left subtree of every node is
/// the largest complete one, so an odd node at the end of a level rises unchanged.
/// </summary>
/// <remarks>
/// Makers of proofs are given all leaf hashes and throw on a wrong index; verifiers are given a peer's
/// numbers and hashes and answer false to every wrong one. A root does not commit to the number of
/// leaves: a verifier must know the size from where it knows the root. To ask for many proofs of one
/// tree, keep a <see cref="MerkleMountainRange"/>, which has the same roots and proofs.
/// </remarks>
public static class MerkleTree
{
    private const byte LeafPrefix = 0;

    private const int StackLimit = 512;

    // Leaves are copied behind their prefix, a few at a time.
    private const int LeavesCopied = 32;
    private const int LongestCopiedLeaf = 256;

    /// <summary>The root of the tree without leaves: SHA-256 of the empty string.</summary>
    public static Hash256 EmptyRoot { get; } = Sha256.Hash([]);

    /// <summary>The hash of a leaf: SHA-256(0x00 ‖ <paramref name="leaf"/>).</summary>
    public static Hash256 LeafHash(ReadOnlySpan<byte> leaf)
    {
        int length = 1 + leaf.Length;
        Span<byte> input = length <= StackLimit ? stackalloc byte[StackLimit] : new byte[length];
        input[0] = LeafPrefix;
        leaf.CopyTo(input[1..]);
        return Sha256.Hash(input[..length]);
    }

    /// <summary>The hashes of many leaves of one length, several at once.</summary>
    /// <param name="leaves">The leaves, end to end.</param>
    /// <param name="leafLength">Length of each in bytes.</param>
    /// <param name="leafHashes">Receives the hash of leaf i at index i.</param>
    /// <param name="path">Which instructions to use; the hashes are the same.</param>
    /// <exception cref="ArgumentException">The leaves do not fill exactly as many hashes.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine cannot take <paramref name="path"/>.</exception>
    public static void LeafHashes(
        ReadOnlySpan<byte> leaves, int leafLength, Span<Hash256> leafHashes, CryptoPath path = CryptoPath.Auto)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leafLength);
        if (leaves.Length != (long)leafLength * leafHashes.Length)
        {
            throw new ArgumentException(
                $"{leafHashes.Length} leaves of {leafLength} bytes are not {leaves.Length} bytes.", nameof(leaves));
        }

        path = path.Resolve();
        int size = 1 + leafLength;
        if (size > LongestCopiedLeaf)
        {
            for (int i = 0; i < leafHashes.Length; i++)
            {
                leafHashes[i] = LeafHash(leaves.Slice(i * leafLength, leafLength));
            }

            return;
        }

        Span<byte> room = stackalloc byte[LeavesCopied * LongestCopiedLeaf];
        for (int first = 0; first < leafHashes.Length; first += LeavesCopied)
        {
            int count = Math.Min(LeavesCopied, leafHashes.Length - first);
            for (int i = 0; i < count; i++)
            {
                room[i * size] = LeafPrefix;
                leaves.Slice((first + i) * leafLength, leafLength).CopyTo(room[((i * size) + 1)..]);
            }

            Sha256.HashMany(room[..(count * size)], size, leafHashes.Slice(first, count), path);
        }
    }

    /// <summary>The hash of an inner node: SHA-256(0x01 ‖ <paramref name="left"/> ‖ <paramref name="right"/>).</summary>
    public static Hash256 NodeHash(in Hash256 left, in Hash256 right) => MerkleNodes.Hash(in left, in right);

    /// <summary>The root over these leaf hashes, in this order.</summary>
    /// <param name="leafHashes">The leaf hashes, from <see cref="LeafHash"/>.</param>
    /// <param name="path">Which instructions to use; the root is the same.</param>
    /// <exception cref="PlatformNotSupportedException">This machine cannot take <paramref name="path"/>.</exception>
    public static Hash256 Root(ReadOnlySpan<Hash256> leafHashes, CryptoPath path = CryptoPath.Auto)
    {
        if (leafHashes.IsEmpty)
        {
            return EmptyRoot;
        }

        path = path.Resolve();
        if (leafHashes.Length == 1)
        {
            return leafHashes[0];
        }

        Span<Hash256> nodes = new Hash256[MerkleNodes.CountAbove(leafHashes.Length)];
        MerkleNodes.Climb(leafHashes, nodes, path);
        while (nodes.Length > 1)
        {
            int count = MerkleNodes.CountAbove(nodes.Length);
            MerkleNodes.Climb(nodes, nodes, path);
            nodes = nodes[..count];
        }

        return nodes[0];
    }

    /// <summary>
    /// The audit path of leaf <paramref name="index"/> (RFC 6962 section 2.1.1): siblings from the leaf
    /// up, at most one for each level.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public static Hash256[] InclusionProof(ReadOnlySpan<Hash256> leafHashes, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new MerkleMountainRange(leafHashes).InclusionProof((ulong)index);
    }

    /// <summary>
    /// Whether <paramref name="leafHash"/> is leaf <paramref name="index"/> of the tree of
    /// <paramref name="size"/> leaves with this root (RFC 9162 section 2.1.3.2).
    /// </summary>
    public static bool VerifyInclusion(
        in Hash256 root, ulong size, ulong index, in Hash256 leafHash, ReadOnlySpan<Hash256> proof)
    {
        if (index >= size)
        {
            return false;
        }

        Hash256 hash = leafHash;
        int used = 0;
        for (ulong last = size - 1; last != 0; last >>= 1, index >>= 1)
        {
            if (index == last && (index & 1) == 0)
            {
                continue; // the odd end of this level rises without a sibling
            }

            if (used == proof.Length)
            {
                return false;
            }

            ref readonly Hash256 sibling = ref proof[used++];
            hash = (index & 1) != 0 ? NodeHash(in sibling, in hash) : NodeHash(in hash, in sibling);
        }

        return used == proof.Length && hash == root;
    }

    /// <summary>
    /// The proof that the tree of the first <paramref name="olderSize"/> leaves is a prefix of this one
    /// (RFC 6962 section 2.1.2); empty for zero leaves and for all of them.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer leaves than that.</exception>
    public static Hash256[] ConsistencyProof(ReadOnlySpan<Hash256> leafHashes, int olderSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(olderSize);
        return new MerkleMountainRange(leafHashes).AncestryProof((ulong)olderSize);
    }

    /// <summary>
    /// Whether the newer tree begins with all leaves of the older one (RFC 9162 section 2.1.4.2). The
    /// empty tree, known by <see cref="EmptyRoot"/>, is a prefix of every tree.
    /// </summary>
    public static bool VerifyConsistency(
        ulong olderSize, in Hash256 olderRoot, ulong newerSize, in Hash256 newerRoot, ReadOnlySpan<Hash256> proof)
    {
        if (olderSize == 0)
        {
            return proof.IsEmpty && olderRoot == EmptyRoot && (newerSize != 0 || newerRoot == EmptyRoot);
        }

        if (olderSize >= newerSize)
        {
            return proof.IsEmpty && olderSize == newerSize && olderRoot == newerRoot;
        }

        // Climb to the largest complete subtree that ends where the older tree ends.
        ulong index = olderSize - 1;
        ulong last = newerSize - 1;
        for (; (index & 1) != 0; index >>= 1, last >>= 1)
        {
        }

        // A size that is a power of two is that one subtree: its hash is known and not sent.
        int used = index == 0 ? 0 : 1;
        if (proof.Length < used)
        {
            return false;
        }

        Hash256 start = used == 0 ? olderRoot : proof[0];
        return ClimbsToBoth(in start, index, last, in olderRoot, in newerRoot, proof[used..]);
    }

    /// <summary>
    /// One proof for several leaves: for each level from the leaves up, from left to right, the siblings
    /// that do not follow from the leaves themselves; no smaller set of hashes can do.
    /// </summary>
    /// <param name="leafHashes">All leaves of the tree.</param>
    /// <param name="indexes">Which leaves to prove: at least one, strictly ascending.</param>
    /// <exception cref="ArgumentException">The indexes are not so.</exception>
    public static Hash256[] MultiProof(ReadOnlySpan<Hash256> leafHashes, ReadOnlySpan<ulong> indexes) =>
        new MerkleMountainRange(leafHashes).MultiProof(indexes);

    /// <summary>
    /// Whether each of <paramref name="leafHashes"/> is the leaf at the index beside it, in the tree of
    /// <paramref name="size"/> leaves with this root. False too for no leaves at all, for indexes that do
    /// not ascend strictly, and for a proof that is longer or shorter than it must be.
    /// </summary>
    public static bool VerifyMultiProof(
        in Hash256 root,
        ulong size,
        ReadOnlySpan<ulong> indexes,
        ReadOnlySpan<Hash256> leafHashes,
        ReadOnlySpan<Hash256> proof) =>
        MerkleMultiProof.AreAscending(indexes, size)
        && leafHashes.Length == indexes.Length
        && MerkleMultiProof.TryFindRoot(size, indexes, leafHashes, proof, out Hash256 found)
        && found == root;

    private static bool ClimbsToBoth(
        in Hash256 start, ulong index, ulong last, in Hash256 olderRoot, in Hash256 newerRoot, ReadOnlySpan<Hash256> proof)
    {
        Hash256 older = start;
        Hash256 newer = start;
        int used = 0;
        for (; last != 0; last >>= 1, index >>= 1)
        {
            bool isRight = (index & 1) != 0;
            if (index == last && !isRight)
            {
                continue;
            }

            if (used == proof.Length)
            {
                return false;
            }

            ref readonly Hash256 sibling = ref proof[used++];
            older = isRight ? NodeHash(in sibling, in older) : older;
            newer = isRight ? NodeHash(in sibling, in newer) : NodeHash(in newer, in sibling);
        }

        return used == proof.Length && older == olderRoot && newer == newerRoot;
    }
}
