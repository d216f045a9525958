using Chain.Core.Crypto.Tests.Hashing;
using CsCheck;

namespace Chain.Core.Crypto.Tests.Merkle;

public sealed class MerkleTreeTests
{
    // The leaves and roots by which the RFC's reference implementation checks itself.
    private static readonly string[] PublishedLeaves =
    [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ];

    private static readonly string[] PublishedRoots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Root_PublishedLeaves_MatchesAtEverySize()
    {
        Hash256[] leaves = [.. PublishedLeaves.Select(leaf => MerkleTree.LeafHash(Convert.FromHexString(leaf)))];
        for (int size = 1; size <= leaves.Length; size++)
        {
            Assert.Equal(Hash256.Parse(PublishedRoots[size - 1]), MerkleTree.Root(leaves.AsSpan(0, size)));
        }
    }

    [Fact]
    public void Root_NoLeaves_IsTheHashOfNothing()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", MerkleTree.Root([]).ToString());
        Assert.Equal(MerkleTree.EmptyRoot, MerkleTree.Root([]));
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void Root_EverySize_EqualsTheSpecification(CryptoPath path)
    {
        Hash256[] leaves = MerkleReference.Leaves(300);
        for (int size = 0; size <= leaves.Length; size++)
        {
            Assert.Equal(MerkleReference.Root(leaves.AsSpan(0, size)), MerkleTree.Root(leaves.AsSpan(0, size), path));
        }
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void Root_ManyLeaves_EqualsTheSpecification(CryptoPath path)
    {
        Hash256[] leaves = MerkleReference.Leaves(33_000);
        foreach (int size in (int[])[1023, 1024, 1025, 1056, 1057, 2047, 32_767, 32_768, 32_769, 33_000])
        {
            Assert.Equal(MerkleReference.Root(leaves.AsSpan(0, size)), MerkleTree.Root(leaves.AsSpan(0, size), path));
        }
    }

    [Fact]
    public void Root_RepeatedLastLeaf_Differs()
    {
        Hash256[] leaves = MerkleReference.Leaves(7);
        Assert.NotEqual(MerkleTree.Root(leaves), MerkleTree.Root([.. leaves, leaves[^1]]));
    }

    [Fact]
    public void LeafHash_LongLeaf_EqualsTheSpecification()
    {
        for (int length = 500; length < 520; length++)
        {
            byte[] leaf = [.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))];
            Assert.Equal(MerkleReference.Leaf(leaf), MerkleTree.LeafHash(leaf));
        }
    }

    [Theory]
    [ClassData(typeof(CryptoPathData))]
    public void LeafHashes_EveryPath_EqualsTheSpecification(CryptoPath path)
    {
        byte[] bytes = [.. Enumerable.Range(0, 70 * 260).Select(i => (byte)(i % 253))];
        foreach (int length in (int[])[0, 1, 32, 54, 55, 63, 64, 254, 255, 256, 260])
        {
            foreach (int count in (int[])[0, 1, 2, 31, 32, 33, 70])
            {
                var hashes = new Hash256[count];
                MerkleTree.LeafHashes(bytes.AsSpan(0, count * length), length, hashes, path);
                Assert.Equal(
                    Enumerable.Range(0, count).Select(i => MerkleReference.Leaf(bytes[(i * length)..((i + 1) * length)])),
                    hashes);
            }
        }

        Assert.Throws<ArgumentException>(() => MerkleTree.LeafHashes(new byte[63], 32, new Hash256[2], path));
    }

    [Fact]
    public void InclusionProof_EverySizeAndIndex_EqualsTheSpecificationAndVerifies()
    {
        Hash256[] all = MerkleReference.Leaves(40);
        for (int size = 1; size <= all.Length; size++)
        {
            ReadOnlySpan<Hash256> leaves = all.AsSpan(0, size);
            Hash256 root = MerkleTree.Root(leaves);
            for (int index = 0; index < size; index++)
            {
                Hash256[] proof = MerkleTree.InclusionProof(leaves, index);
                Assert.Equal(MerkleReference.Path(index, leaves), proof);
                Assert.True(MerkleTree.VerifyInclusion(root, (ulong)size, (ulong)index, leaves[index], proof));
            }
        }
    }

    [Fact]
    public void ConsistencyProof_EveryPairOfSizes_EqualsTheSpecificationAndVerifies()
    {
        Hash256[] all = MerkleReference.Leaves(40);
        for (int newer = 1; newer <= all.Length; newer++)
        {
            ReadOnlySpan<Hash256> leaves = all.AsSpan(0, newer);
            Hash256 newerRoot = MerkleTree.Root(leaves);
            for (int older = 1; older <= newer; older++)
            {
                Hash256 olderRoot = MerkleTree.Root(leaves[..older]);
                Hash256[] proof = MerkleTree.ConsistencyProof(leaves, older);
                Assert.Equal(MerkleReference.Proof(older, leaves), proof);
                Assert.True(MerkleTree.VerifyConsistency((ulong)older, olderRoot, (ulong)newer, newerRoot, proof));
            }
        }
    }

    [Fact]
    public void Makers_WrongNumbers_AreTheCallersFault()
    {
        Hash256[] leaves = MerkleReference.Leaves(5);
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionProof(leaves, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionProof(leaves, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionProof([], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ConsistencyProof(leaves, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ConsistencyProof(leaves, 6));
    }

    [Fact]
    public void VerifyInclusion_AnyChange_IsRefused()
    {
        Gen.Select(Gen.Int[2, 70], Gen.Int[0, 69], Gen.Int[0, 255]).Sample((size, at, bit) =>
        {
            Hash256[] leaves = MerkleReference.Leaves(size);
            int index = at % size;
            Hash256 root = MerkleTree.Root(leaves);
            Hash256[] proof = MerkleTree.InclusionProof(leaves, index);
            bool Verify(Hash256[] hashes, int atIndex) =>
                MerkleTree.VerifyInclusion(root, (ulong)size, (ulong)atIndex, leaves[index], hashes);

            Assert.True(Verify(proof, index));
            Assert.False(MerkleTree.VerifyInclusion(Flip(root, bit), (ulong)size, (ulong)index, leaves[index], proof));
            Assert.False(MerkleTree.VerifyInclusion(root, (ulong)size, (ulong)index, Flip(leaves[index], bit), proof));
            Assert.False(MerkleTree.VerifyInclusion(root, (ulong)size * 2, (ulong)index, leaves[index], proof));
            Assert.False(Verify([.. proof, root], index));
            Assert.False(Verify([root, .. proof], index));
            Assert.False(Verify(proof[1..], index));
            Assert.False(Verify(proof[..^1], index));
            Assert.All(Enumerable.Range(0, size).Where(other => other != index), other => Assert.False(Verify(proof, other)));
            Assert.All(
                Enumerable.Range(0, proof.Length),
                i => Assert.False(Verify([.. proof[..i], Flip(proof[i], bit), .. proof[(i + 1)..]], index)));
        }, iter: 300, seed: "0000KYVJBb7v");
    }

    [Fact]
    public void VerifyConsistency_AnyChange_IsRefused()
    {
        Gen.Select(Gen.Int[2, 70], Gen.Int[1, 69], Gen.Int[0, 255]).Sample((newer, at, bit) =>
        {
            Hash256[] leaves = MerkleReference.Leaves(newer);
            int older = 1 + (at % (newer - 1));
            Hash256 newerRoot = MerkleTree.Root(leaves);
            Hash256 olderRoot = MerkleTree.Root(leaves.AsSpan(0, older));
            Hash256[] proof = MerkleTree.ConsistencyProof(leaves, older);
            bool Verify(Hash256[] hashes) =>
                MerkleTree.VerifyConsistency((ulong)older, olderRoot, (ulong)newer, newerRoot, hashes);

            Assert.True(Verify(proof));
            Assert.False(MerkleTree.VerifyConsistency((ulong)older, Flip(olderRoot, bit), (ulong)newer, newerRoot, proof));
            Assert.False(MerkleTree.VerifyConsistency((ulong)older, olderRoot, (ulong)newer, Flip(newerRoot, bit), proof));
            Assert.False(MerkleTree.VerifyConsistency((ulong)newer, olderRoot, (ulong)older, newerRoot, proof));
            Assert.False(MerkleTree.VerifyConsistency((ulong)older, newerRoot, (ulong)newer, olderRoot, proof));
            Assert.False(MerkleTree.VerifyConsistency(0, olderRoot, (ulong)newer, newerRoot, proof));
            Assert.False(Verify([.. proof, newerRoot]));
            Assert.False(Verify([olderRoot, .. proof]));
            Assert.False(Verify(proof[1..]));
            Assert.False(Verify(proof[..^1]));
            Assert.All(
                Enumerable.Range(0, proof.Length),
                i => Assert.False(Verify([.. proof[..i], Flip(proof[i], bit), .. proof[(i + 1)..]])));
        }, iter: 300, seed: "0000KYVJBb7v");
    }

    [Fact]
    public void VerifyConsistency_EmptyTree_IsAPrefixOfAllUnderItsOwnRootOnly()
    {
        Hash256[] leaves = MerkleReference.Leaves(3);
        Hash256 root = MerkleTree.Root(leaves);
        Assert.True(MerkleTree.VerifyConsistency(0, MerkleTree.EmptyRoot, 3, root, MerkleTree.ConsistencyProof(leaves, 0)));
        Assert.True(MerkleTree.VerifyConsistency(0, MerkleTree.EmptyRoot, 0, MerkleTree.EmptyRoot, []));
        Assert.False(MerkleTree.VerifyConsistency(0, root, 3, root, []));
        Assert.False(MerkleTree.VerifyConsistency(0, MerkleTree.EmptyRoot, 0, root, []));
        Assert.False(MerkleTree.VerifyConsistency(0, MerkleTree.EmptyRoot, 3, root, [root]));
        Assert.False(MerkleTree.VerifyConsistency(3, root, 3, root, [root]));
    }

    [Fact]
    public void Verifiers_GreatestNumbers_AreRefusedNotThrown()
    {
        Hash256 root = MerkleTree.EmptyRoot;
        Hash256[] many = new Hash256[200];
        foreach (ulong size in (ulong[])[0, 1, ulong.MaxValue / 2, (ulong.MaxValue / 2) + 1, ulong.MaxValue])
        {
            foreach (ulong other in (ulong[])[0, 1, size / 2, size, ulong.MaxValue])
            {
                for (int length = 0; length <= 70; length++)
                {
                    ReadOnlySpan<Hash256> proof = many.AsSpan(0, length);
                    Assert.False(MerkleTree.VerifyInclusion(root, size, other, default, proof));
                    Assert.False(MerkleTree.VerifyConsistency(other, default, size, root, proof));
                    Assert.False(MerkleTree.VerifyMultiProof(root, size, [other], [default], proof));
                }
            }
        }
    }

    internal static Hash256 Flip(Hash256 hash, int bit)
    {
        byte[] bytes = hash.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return new Hash256(bytes);
    }
}
