using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What can be said of a header without any other: these faults are provable to anybody who knows the leader's key.</summary>
internal static class HeaderForm
{
    /// <summary>What is wrong; null where nothing is.</summary>
    public static string? Check(BlockHeader header, StakeSeal seal, EpochSchedule schedule, SetReader sets, BlockId genesis)
    {
        bool isFirst = schedule.IsFirst(header.Height);
        if (header.Height <= schedule.Start || seal.View.Epoch != schedule.EpochOf(header.Height) || seal.View.Index == 0)
        {
            return "the view is not of the epoch of the height";
        }

        if (seal.Proof.Length != Vrf.ProofSize || seal.Signature.Length != Ed25519.SignatureSize)
        {
            return "the proof or the signature has the wrong length";
        }

        if (isFirst ? !EpochSets.TryDecode(seal.Sets, sets, out _, out _) : !seal.Sets.IsEmpty)
        {
            return "the sets of an epoch are not where they must be, or cannot vote";
        }

        return header.Parent == genesis
            ? seal.ParentCertificate.IsEmpty ? null : "there is a certificate for genesis"
            : CheckCertificate(header, seal, isFirst);
    }

    private static string? CheckCertificate(BlockHeader header, StakeSeal seal, bool isFirst)
    {
        if (!Certificate.TryDecode(seal.ParentCertificate, out Certificate? certificate))
        {
            return "the certificate is malformed";
        }

        if (certificate.Block != header.Parent || certificate.View >= seal.View)
        {
            return "the certificate is not one of the parent";
        }

        if (isFirst ? certificate.Kind != VoteKind.Finalize : certificate.Kind is not (VoteKind.Notarize or VoteKind.Finalize))
        {
            return "the certificate is of the wrong kind";
        }

        return certificate.View.Epoch == (isFirst ? seal.View.Epoch - 1 : seal.View.Epoch)
            ? null
            : "the certificate is of the wrong epoch";
    }
}
