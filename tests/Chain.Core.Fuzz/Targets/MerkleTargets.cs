using Chain.Core.Crypto;
using Factories = System.Collections.Generic.SortedDictionary<string, System.Func<Chain.Core.Fuzz.FuzzTarget>>;

namespace Chain.Core.Fuzz;

/// <summary>
/// Proofs over a tree of 13 leaves. An input says sizes, indexes and hashes; what verifies under the tree's own root must
/// be true of it.
/// </summary>
internal static class MerkleTargets
{
    private const int Size = 13;

    private static readonly Hash256[] Leaves = [.. Enumerable.Range(0, Size).Select(index => MerkleTree.LeafHash([(byte)index]))];

    public static void AddTo(Factories factories)
    {
        factories["crypto.merkle-inclusion"] = () => InclusionTarget("crypto.merkle-inclusion");
        factories["crypto.merkle-consistency"] = () => ConsistencyTarget("crypto.merkle-consistency");
        factories["crypto.merkle-multi"] = () => MultiTarget("crypto.merkle-multi");
        factories["crypto.mmr-peaks"] = () => PeaksTarget("crypto.mmr-peaks");
    }

    private static IReadOnlyList<byte[]> Tokens => [.. Leaves.Select(leaf => leaf.ToArray()), MerkleTree.Root(Leaves).ToArray(), Fields.Number(Size)];

    private static FuzzTarget InclusionTarget(string name)
    {
        Hash256 root = MerkleTree.Root(Leaves);
        byte[][] seeds = [.. Enumerable.Range(0, Size).Select(index =>
            (byte[])[.. Fields.Number(Size), .. Fields.Number((ulong)index), .. Leaves[index].ToArray(), .. BytesOf(MerkleTree.InclusionProof(Leaves, index))])];
        return new FuzzTarget(name, seeds, input =>
        {
            ReadOnlySpan<byte> rest = input;
            ulong size = Fields.TakeNumber(ref rest);
            ulong index = Fields.TakeNumber(ref rest);
            Hash256[] hashes = HashesOf(rest);
            Hash256 leaf = hashes.Length > 0 ? hashes[0] : default;
            ReadOnlySpan<Hash256> proof = hashes.AsSpan(Math.Min(1, hashes.Length));
            bool isProven = MerkleTree.VerifyInclusion(in root, size, index, in leaf, proof);
            if (isProven && size == Size)
            {
                Oracle.Holds(index < Size && Leaves[index] == leaf, "a leaf that is not there was proven");
                Oracle.Holds(proof.SequenceEqual(MerkleTree.InclusionProof(Leaves, (int)index)), "a leaf has two proofs");
            }

            return isProven;
        })
        {
            Tokens = Tokens,
        };
    }

    private static FuzzTarget ConsistencyTarget(string name)
    {
        Hash256 root = MerkleTree.Root(Leaves);
        byte[][] seeds = [.. Enumerable.Range(1, Size).Select(older =>
            (byte[])[
                .. Fields.Number((ulong)older), .. Fields.Number(Size), .. MerkleTree.Root(Leaves.AsSpan(0, older)).ToArray(),
                .. BytesOf(MerkleTree.ConsistencyProof(Leaves, older))])];
        return new FuzzTarget(name, seeds, input =>
        {
            ReadOnlySpan<byte> rest = input;
            ulong older = Fields.TakeNumber(ref rest);
            ulong newer = Fields.TakeNumber(ref rest);
            Hash256[] hashes = HashesOf(rest);
            Hash256 olderRoot = hashes.Length > 0 ? hashes[0] : default;
            bool isProven = MerkleTree.VerifyConsistency(older, in olderRoot, newer, in root, hashes.AsSpan(Math.Min(1, hashes.Length)));
            if (isProven && newer == Size && older > 0)
            {
                Oracle.Holds(older <= Size && MerkleTree.Root(Leaves.AsSpan(0, (int)older)) == olderRoot, "a tree that was never there was proven");
            }

            return isProven;
        })
        {
            Tokens = Tokens,
        };
    }

    private static FuzzTarget MultiTarget(string name)
    {
        Hash256 root = MerkleTree.Root(Leaves);
        ulong[][] choices = [[0], [12], [0, 1, 2, 3], [3, 7, 12], [.. Enumerable.Range(0, Size).Select(index => (ulong)index)]];
        byte[][] seeds = [.. choices.Select(indexes =>
            (byte[])[
                .. Fields.Number(Size), (byte)indexes.Length, .. indexes.SelectMany(Fields.Number),
                .. indexes.SelectMany(index => Leaves[index].ToArray()), .. BytesOf(MerkleTree.MultiProof(Leaves, indexes))])];
        return new FuzzTarget(name, seeds, input =>
        {
            ReadOnlySpan<byte> rest = input;
            ulong size = Fields.TakeNumber(ref rest);
            int count = rest.IsEmpty ? 0 : rest[0];
            rest = rest.IsEmpty ? rest : rest[1..];
            var indexes = new ulong[count];
            for (int i = 0; i < count; i++)
            {
                indexes[i] = Fields.TakeNumber(ref rest);
            }

            Hash256[] hashes = HashesOf(rest);
            int leaves = Math.Min(count, hashes.Length);
            bool isProven = MerkleTree.VerifyMultiProof(in root, size, indexes, hashes.AsSpan(0, leaves), hashes.AsSpan(leaves));
            for (int i = 0; isProven && size == Size && i < count; i++)
            {
                Oracle.Holds(indexes[i] < Size && Leaves[indexes[i]] == hashes[i], "a leaf that is not there was proven among others");
            }

            return isProven;
        })
        {
            Tokens = Tokens,
            AllocatedBase = 32 * 1024,
        };
    }

    private static FuzzTarget PeaksTarget(string name)
    {
        var range = new MerkleMountainRange(Leaves);
        byte[][] seeds =
        [
            [.. Fields.Number(Size), .. BytesOf(range.Peaks.Peaks.ToArray())],
            [.. Fields.Number(1), .. Leaves[0].ToArray()],
            Fields.Number(0),
            [.. Fields.Number(ulong.MaxValue), .. new byte[64 * Hash256.Size]],
        ];
        return new FuzzTarget(name, seeds, input =>
        {
            ReadOnlySpan<byte> rest = input;
            ulong size = Fields.TakeNumber(ref rest);
            Hash256[] hashes = HashesOf(rest);
            if (!MmrPeaks.TryCreate(size, hashes, out MmrPeaks peaks))
            {
                return false;
            }

            Oracle.Holds(peaks.Size == size && peaks.Peaks.SequenceEqual(hashes), "a range changes what it was made of");
            Hash256 root = peaks.Root;
            Oracle.Holds(peaks.IsPrefixOf(size, in root, []), "a range does not begin with itself");
            if (size < ulong.MaxValue)
            {
                MmrPeaks longer = peaks.Append(in Leaves[0]);
                Oracle.Holds(MmrPeaks.TryCreate(longer.Size, longer.Peaks, out MmrPeaks again) && again.Equals(longer), "an appended range is refused");
            }

            return true;
        })
        {
            Tokens = Tokens,
            AllocatedBase = 32 * 1024,
        };
    }

    private static byte[] BytesOf(Hash256[] hashes) => [.. hashes.SelectMany(hash => hash.ToArray())];

    private static Hash256[] HashesOf(ReadOnlySpan<byte> bytes)
    {
        var hashes = new Hash256[bytes.Length / Hash256.Size];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = new Hash256(bytes.Slice(i * Hash256.Size, Hash256.Size));
        }

        return hashes;
    }
}
