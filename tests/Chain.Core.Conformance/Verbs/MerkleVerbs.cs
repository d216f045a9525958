using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>Proofs of RFC 6962 trees and of Merkle mountain ranges; leaves are bytes, and are hashed here.</summary>
internal static class MerkleVerbs
{
    public static void AddTo(Dictionary<string, Func<Request, Answer>> verbs, CryptoPath path)
    {
        verbs["merkle.inclusion"] = VerifyInclusion;
        verbs["merkle.consistency"] = VerifyConsistency;
        verbs["mmr.root"] = request => MountainRoot(request, path);
        verbs["mmr.verify"] = VerifyMountain;
    }

    private static Answer.Verdict VerifyInclusion(Request request)
    {
        ulong size = request.Number("treeSize");
        ulong index = request.Number("leafIdx");
        return new Answer.Verdict(
            request.HashToVerify("root") is { } root
            && request.HashToVerify("leafHash") is { } leaf
            && request.HashesToVerify("proof") is { } proof
            && MerkleTree.VerifyInclusion(in root, size, index, in leaf, proof));
    }

    private static Answer.Verdict VerifyConsistency(Request request)
    {
        ulong olderSize = request.Number("size1");
        ulong newerSize = request.Number("size2");
        return new Answer.Verdict(
            request.HashToVerify("root1") is { } older
            && request.HashToVerify("root2") is { } newer
            && request.HashesToVerify("proof") is { } proof
            && MerkleTree.VerifyConsistency(olderSize, in older, newerSize, in newer, proof));
    }

    private static Answer.Bytes MountainRoot(Request request, CryptoPath path)
    {
        Hash256[] leaves = [.. request.ManyBytes("leaves").Select(leaf => MerkleTree.LeafHash(leaf))];
        Hash256 root = path == CryptoPath.Auto ? new MerkleMountainRange(leaves).Root : MerkleTree.Root(leaves, path);
        return new Answer.Bytes(root.ToArray());
    }

    /// <summary>The root of a range is that of the tree over the same leaves, and so are its proofs.</summary>
    private static Answer.Verdict VerifyMountain(Request request)
    {
        ulong size = request.Number("size");
        ulong index = request.Number("index");
        if (request.HashToVerify("root") is not { } root
            || request.BytesToVerify("leaf") is not { } leaf
            || request.HashesToVerify("proof") is not { } proof)
        {
            return new Answer.Verdict(false);
        }

        Hash256 leafHash = MerkleTree.LeafHash(leaf);
        return new Answer.Verdict(MerkleTree.VerifyInclusion(in root, size, index, in leafHash, proof));
    }
}
