using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Goes from one epoch to the next, or to the one that a recovered node is in.</summary>
internal sealed class EpochChange(EngineScope scope, Rounds rounds, Ancestry ancestry, Finality finality, Ballots ballots, Voting voting)
{
    private RecoveredState _recovered = RecoveredState.Nothing;

    /// <summary>Goes to where this node was in its earlier life, without entering the view.</summary>
    public void Recover(BlockTreeNode head, RecoveredState recovered)
    {
        _recovered = recovered;
        BeginOf(head);
        foreach (Certificate final in recovered.Certificates.Where(certificate => certificate.Kind == VoteKind.Finalize))
        {
            Restore(final);
        }

        TryMoveAfter(finality.Newest);
    }

    /// <summary>Takes up the epoch that the head's child would be in, with what the headers show of it.</summary>
    private void BeginOf(BlockTreeNode head)
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
        if (TryMoveAfter(final))
        {
            voting.Enter(voting.View);
        }
    }

    private bool TryMoveAfter(Certificate? final)
    {
        if (final is null || final.View.Epoch < scope.Epoch.Epoch || !scope.Tree.TryGet(final.Block, out BlockTreeNode? node))
        {
            return false;
        }

        bool moves = final.View.Epoch > scope.Epoch.Epoch;
        if (moves)
        {
            BeginOf(node);
            Restore(final);
        }

        if (final.View.Epoch == scope.Epoch.Epoch
            && scope.Schedule.IsLast(node.Height)
            && scope.Rules.Epochs.TryResolve(final.View.Epoch + 1, node.Height.Next(), node.AncestorsOfChild(), out EpochContext? next))
        {
            Begin(next, final);
            scope.Observe("epoch", next.Epoch);
            moves = true;
        }

        return moves;
    }

    /// <summary>Takes up a certificate of this node's own store.</summary>
    private void Restore(Certificate certificate)
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
        TakeUpRecovered(context.Epoch);
    }

    /// <summary>What was recorded of an epoch is of use when the node comes to it, which the head alone may not show at its start.</summary>
    private void TakeUpRecovered(ulong epoch)
    {
        RecoveredState recovered = _recovered;
        _recovered = recovered.Beyond(epoch);
        foreach (Certificate certificate in recovered.Certificates)
        {
            if (certificate.View.Epoch == epoch)
            {
                Restore(certificate);
            }
        }

        foreach (Statement statement in recovered.Votes)
        {
            if (statement.View.Epoch == epoch)
            {
                voting.Restore(in statement);
            }
        }
    }

    private static Certificate? CertificateIn(BlockHeader header) =>
        StakeSeal.TryDecode(header.Seal, out StakeSeal? seal) && Certificate.TryDecode(seal.ParentCertificate, out Certificate? certificate)
            ? certificate
            : null;
}
