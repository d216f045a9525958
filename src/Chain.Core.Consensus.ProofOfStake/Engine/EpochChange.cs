using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Goes from one epoch to the next, or to the one that a recovered node is in.</summary>
internal sealed class EpochChange(EngineScope scope, Rounds rounds, Ancestry ancestry, Finality finality, Ballots ballots, Voting voting)
{
    /// <summary>Takes up the epoch that the head's child would be in, with what the headers show of it.</summary>
    public void BeginOf(BlockTreeNode head)
    {
        ulong epoch = scope.Schedule.EpochOf(head.Height);
        if (!scope.Rules.Epochs.TryResolve(epoch, head.Height.Next(), head.AncestorsOfChild(), out EpochContext? context))
        {
            return;
        }

        BlockTreeNode? first = head.AncestorAt(scope.Schedule.FirstOf(epoch));
        Begin(context, first is null ? null : CertificateIn(first.Header));
        if (head.Height > scope.Schedule.Start && CertificateIn(head.Header) is Certificate parents && parents.View.Epoch == epoch)
        {
            Restore(parents);
        }
    }

    /// <summary>
    /// Enters the next epoch if the last block of this one is final and its header is known; the epoch of a final block that
    /// is later than this one, as a record may be newer than the head after a crash.
    /// </summary>
    public void EnterAfter(Certificate? final)
    {
        if (final is null || final.View.Epoch < scope.Epoch.Epoch || !scope.Tree.TryGet(final.Block, out BlockTreeNode? node))
        {
            return;
        }

        if (final.View.Epoch > scope.Epoch.Epoch)
        {
            BeginOf(node);
            Restore(final);
            voting.Enter(voting.View);
        }

        if (final.View.Epoch != scope.Epoch.Epoch
            || !scope.Schedule.IsLast(node.Height)
            || !scope.Rules.Epochs.TryResolve(final.View.Epoch + 1, node.Height.Next(), node.AncestorsOfChild(), out EpochContext? next))
        {
            return;
        }

        Begin(next, final);
        scope.Observe("epoch", next.Epoch);
        voting.Enter(voting.View);
    }

    /// <summary>Takes up a certificate of this node's own store.</summary>
    public void Restore(Certificate certificate)
    {
        if (certificate.Kind == VoteKind.Finalize)
        {
            finality.OnFinalized(certificate);
        }

        if (certificate.View.Epoch == scope.Epoch.Epoch && certificate.View.Value + Rounds.Behind > finality.View.Value)
        {
            rounds.At(certificate.View).Take(certificate);
            voting.Restore(certificate);
            if (certificate.Kind == VoteKind.Notarize)
            {
                finality.OnNotarized(certificate);
            }
        }
    }

    private void Begin(EpochContext context, Certificate? baseCertificate)
    {
        scope.Enter(context);
        rounds.Begin();
        ballots.Clear();
        ancestry.Begin(context.Base, baseCertificate);
        voting.Begin();
    }
    private static Certificate? CertificateIn(BlockHeader header) =>
        StakeSeal.TryDecode(header.Seal, out StakeSeal? seal) && Certificate.TryDecode(seal.ParentCertificate, out Certificate? certificate)
            ? certificate
            : null;
}
