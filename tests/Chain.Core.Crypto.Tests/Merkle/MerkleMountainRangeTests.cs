using System.Numerics;
using CsCheck;

namespace Chain.Core.Crypto.Tests.Merkle;

public sealed class MerkleMountainRangeTests
{
    private const int Count = 70;

    private readonly Hash256[] _leaves = MerkleReference.Leaves(Count);

    [Fact]
    public void Root_LeafByLeaf_IsTheTreesRoot()
    {
        var range = new MerkleMountainRange();
        MmrPeaks peaks = MmrPeaks.Empty;
        for (int size = 0; size <= Count; size++)
        {
            Hash256 expected = MerkleReference.Root(_leaves.AsSpan(0, size));
            Assert.Equal((ulong)size, range.Size);
            Assert.Equal(expected, range.Root);
            Assert.Equal(expected, peaks.Root);
            Assert.Equal(peaks, range.Peaks);
            Assert.Equal(BitOperations.PopCount((uint)size), peaks.Peaks.Length);
            if (size < Count)
            {
                range.Append(in _leaves[size]);
                peaks = peaks.Append(in _leaves[size]);
            }
        }
    }

    [Fact]
    public void Root_BaggedFromRightToLeft_AsDocumented()
    {
        // Seven leaves: mountains of four, two and one.
        var peaks = new MerkleMountainRange(_leaves.AsSpan(0, 7)).Peaks;
        Hash256 four = MerkleReference.Root(_leaves.AsSpan(0, 4));
        Hash256 two = MerkleReference.Node(_leaves[4], _leaves[5]);
        Assert.Equal([four, two, _leaves[6]], peaks.Peaks.ToArray());
        Assert.Equal(MerkleReference.Node(four, MerkleReference.Node(two, _leaves[6])), peaks.Root);
    }

    [Fact]
    public void Append_ManyAtOnceInAnyPieces_EqualsOneByOne() =>
        Gen.Int[0, 9].List[0, 20].Sample(pieces =>
        {
            var range = new MerkleMountainRange();
            int size = 0;
            foreach (int piece in pieces.TakeWhile(piece => size + piece <= Count))
            {
                range.Append(_leaves.AsSpan(size, piece));
                size += piece;
                Assert.Equal(MerkleReference.Root(_leaves.AsSpan(0, size)), range.Root);
            }
        }, iter: 200, seed: "0000KYVJBb7v");

    [Fact]
    public void Append_OldPeaks_StayAsTheyWere()
    {
        MmrPeaks three = new MerkleMountainRange(_leaves.AsSpan(0, 3)).Peaks;
        Hash256 before = three.Root;
        Assert.NotEqual(three, three.Append(in _leaves[3]));
        Assert.Equal(before, three.Root);
        Assert.Equal(3UL, three.Size);
    }

    [Fact]
    public void Proofs_AtEveryEarlierSize_EqualTheSpecificationsAndVerify()
    {
        var range = new MerkleMountainRange(_leaves);
        for (int size = 1; size <= Count; size++)
        {
            ReadOnlySpan<Hash256> leaves = _leaves.AsSpan(0, size);
            MmrPeaks peaks = range.PeaksAt((ulong)size);
            Assert.Equal(MerkleReference.Root(leaves), range.RootAt((ulong)size));
            for (int index = 0; index < size; index++)
            {
                Hash256[] inclusion = range.InclusionProof((ulong)index, (ulong)size);
                Assert.Equal(MerkleReference.Path(index, leaves), inclusion);
                Assert.True(peaks.VerifyInclusion((ulong)index, leaves[index], inclusion));
                Assert.False(peaks.VerifyInclusion((ulong)index, leaves[index], [.. inclusion, default]));

                Hash256[] ancestry = range.AncestryProof((ulong)index + 1, (ulong)size);
                Assert.Equal(MerkleReference.Proof(index + 1, leaves), ancestry);
                MmrPeaks older = range.PeaksAt((ulong)index + 1);
                Assert.True(older.IsPrefixOf((ulong)size, peaks.Root, ancestry));
                Assert.False(older.IsPrefixOf((ulong)size + 1, peaks.Root, [.. ancestry, default]));
            }
        }
    }

    [Fact]
    public void IsPrefixOf_AnotherHistory_IsRefused()
    {
        var range = new MerkleMountainRange(_leaves);
        MmrPeaks other = MmrPeaks.Empty;
        for (ulong size = 1; size < Count; size++)
        {
            other = other.Append(in _leaves[Count - (int)size]);
            Assert.False(other.IsPrefixOf(Count, range.Root, range.AncestryProof(size)));
        }
    }

    [Fact]
    public void MultiProof_OfTheRange_IsTheTrees()
    {
        var range = new MerkleMountainRange(_leaves);
        ulong[] indexes = [0, 1, 17, 63, 64, 69];
        Hash256[] proof = range.MultiProof(indexes);
        Assert.Equal(MerkleTree.MultiProof(_leaves, indexes), proof);
        Assert.True(MerkleTree.VerifyMultiProof(
            range.Root, Count, indexes, [.. indexes.Select(i => range.Leaf(i))], proof));
    }

    [Fact]
    public void TryCreate_PeaksThatDoNotFitTheSize_AreRefused()
    {
        for (ulong size = 0; size < 40; size++)
        {
            for (int count = 0; count < 8; count++)
            {
                Assert.Equal(BitOperations.PopCount(size) == count, MmrPeaks.TryCreate(size, new Hash256[count], out _));
            }
        }
    }

    [Fact]
    public void TryCreate_StoredPeaks_AppendAsBefore()
    {
        MmrPeaks peaks = new MerkleMountainRange(_leaves.AsSpan(0, 45)).Peaks;
        Assert.True(MmrPeaks.TryCreate(peaks.Size, peaks.Peaks, out MmrPeaks restored));
        Assert.Equal(peaks, restored);
        Assert.Equal(peaks.GetHashCode(), restored.GetHashCode());
        Assert.Equal(MerkleReference.Root(_leaves.AsSpan(0, 46)), restored.Append(in _leaves[45]).Root);
    }

    [Fact]
    public void Append_GreatestSize_Overflows()
    {
        Assert.True(MmrPeaks.TryCreate(ulong.MaxValue, new Hash256[64], out MmrPeaks full));
        Assert.Throws<OverflowException>(() => full.Append(default));
        Assert.True(MmrPeaks.TryCreate(ulong.MaxValue - 1, new Hash256[63], out MmrPeaks last));
        Assert.Equal(64, last.Append(default).Peaks.Length);
    }

    [Fact]
    public void Makers_WrongNumbers_AreTheCallersFault()
    {
        var range = new MerkleMountainRange(_leaves);
        Assert.Throws<ArgumentOutOfRangeException>(() => range.Leaf(Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => range.RootAt(Count + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => range.PeaksAt(ulong.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => range.InclusionProof(Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => range.InclusionProof(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => range.AncestryProof(Count + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => range.AncestryProof(6, 5));
    }
}
