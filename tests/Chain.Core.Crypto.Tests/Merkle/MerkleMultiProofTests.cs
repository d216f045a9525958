using CsCheck;

namespace Chain.Core.Crypto.Tests.Merkle;

public sealed class MerkleMultiProofTests
{
    [Fact]
    public void MultiProof_EverySetOfLeavesOfSmallTrees_VerifiesWithTheFewestHashes()
    {
        for (int size = 1; size <= 10; size++)
        {
            Hash256[] leaves = MerkleReference.Leaves(size);
            Hash256 root = MerkleTree.Root(leaves);
            for (int set = 1; set < 1 << size; set++)
            {
                ulong[] indexes = [.. Enumerable.Range(0, size).Where(i => (set >> i & 1) != 0).Select(i => (ulong)i)];
                Hash256[] proof = MerkleTree.MultiProof(leaves, indexes);
                Assert.Equal(FewestHashes(set, 0, size), proof.Length);
                Assert.True(MerkleTree.VerifyMultiProof(root, (ulong)size, indexes, Pick(leaves, indexes), proof));
            }
        }
    }

    [Fact]
    public void MultiProof_OneLeaf_IsItsInclusionProof()
    {
        Hash256[] leaves = MerkleReference.Leaves(23);
        for (int index = 0; index < leaves.Length; index++)
        {
            Assert.Equal(MerkleTree.InclusionProof(leaves, index), MerkleTree.MultiProof(leaves, [(ulong)index]));
        }
    }

    [Fact]
    public void MultiProof_AllLeaves_NeedsNoHashes()
    {
        Hash256[] leaves = MerkleReference.Leaves(100);
        ulong[] indexes = [.. Enumerable.Range(0, 100).Select(i => (ulong)i)];
        Assert.Empty(MerkleTree.MultiProof(leaves, indexes));
        Assert.True(MerkleTree.VerifyMultiProof(MerkleTree.Root(leaves), 100, indexes, leaves, []));
    }

    [Fact]
    public void MultiProof_WrongIndexes_AreTheCallersFault()
    {
        Hash256[] leaves = MerkleReference.Leaves(5);
        foreach (ulong[] indexes in (ulong[][])[[], [5], [1, 1], [2, 1], [0, ulong.MaxValue]])
        {
            Assert.Throws<ArgumentException>(() => MerkleTree.MultiProof(leaves, indexes));
        }
    }

    [Fact]
    public void VerifyMultiProof_AnyChange_IsRefused()
    {
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 255], Gen.Int[0, 1 << 30], Gen.Int[1, 9]).Sample((size, bit, pick, count) =>
        {
            Hash256[] leaves = MerkleReference.Leaves(size);
            Hash256 root = MerkleTree.Root(leaves);
            ulong[] indexes = Choose(size, pick, count);
            Hash256[] chosen = Pick(leaves, indexes);
            Hash256[] proof = MerkleTree.MultiProof(leaves, indexes);
            bool Verify(ulong[] at, Hash256[] hashes, Hash256[] path) =>
                MerkleTree.VerifyMultiProof(root, (ulong)size, at, hashes, path);

            Assert.True(Verify(indexes, chosen, proof));
            Assert.False(MerkleTree.VerifyMultiProof(MerkleTreeTests.Flip(root, bit), (ulong)size, indexes, chosen, proof));
            Assert.False(Verify(indexes, chosen, [.. proof, root]));
            Assert.False(Verify(indexes, [.. chosen, root], proof));
            Assert.False(Verify(indexes[1..], chosen[1..], proof));
            Assert.False(Verify([.. indexes, indexes[^1]], [.. chosen, chosen[^1]], proof));
            Assert.False(Verify([.. indexes, (ulong)size], [.. chosen, chosen[^1]], proof));
            for (int i = 0; i < proof.Length; i++)
            {
                Assert.False(Verify(indexes, chosen, [.. proof[..i], .. proof[(i + 1)..]]));
                Assert.False(Verify(indexes, chosen, Flipped(proof, i, bit)));
            }

            for (int i = 0; i < chosen.Length; i++)
            {
                Assert.False(Verify(indexes, Flipped(chosen, i, bit), proof));
            }

            if (indexes.Length > 1)
            {
                Assert.False(Verify([.. indexes.Reverse()], [.. chosen.Reverse()], proof));
            }
        }, iter: 300, seed: "0000KYVJBb7v");
    }

    private static Hash256[] Flipped(Hash256[] hashes, int at, int bit)
    {
        Hash256[] copy = [.. hashes];
        copy[at] = MerkleTreeTests.Flip(copy[at], bit);
        return copy;
    }

    private static ulong[] Choose(int size, int pick, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (ulong)((pick / 7 * (i + 1)) % size + size) % (ulong)size).Distinct().Order()];

    private static Hash256[] Pick(Hash256[] leaves, ulong[] indexes) => [.. indexes.Select(i => leaves[i])];

    /// <summary>One hash for each greatest subtree without a chosen leaf.</summary>
    private static int FewestHashes(int set, int start, int size)
    {
        int inside = (set >> start) & ((1 << size) - 1);
        if (inside == 0)
        {
            return 1;
        }

        if (size == 1)
        {
            return 0;
        }

        int left = 1;
        while (2 * left < size)
        {
            left *= 2;
        }

        return FewestHashes(set, start, left) + FewestHashes(set, start + left, size - left);
    }
}
