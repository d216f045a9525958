using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Brings nodes that were away, or that messages did not reach, to where the others are: a node says where it is, and
/// whoever is further on answers with the certificates that lead there.
/// </summary>
internal sealed class CatchUp(EngineScope scope, Rounds rounds, Finality finality, Ancestry ancestry)
{
    private const int MaxNullifications = 32;

    // When each peer was last answered or asked. Peers that are gone cost an entry until the table is cleared.
    private readonly Dictionary<ConnectionId, Instant> _answered = [];
    private readonly Dictionary<ConnectionId, Instant> _asked = [];

    /// <summary>Tells everybody where this node is.</summary>
    public void Announce(View view) => scope.Emit(new ConsensusOutput.Broadcast(EngineMessage.Encode(StatusAt(view))));

    /// <summary>A message shows that a peer is further on: asks it for the certificates.</summary>
    public void Ask(ConnectionId peer, View view)
    {
        if (IsDue(_asked, peer))
        {
            scope.Emit(new ConsensusOutput.SendTo(peer, EngineMessage.Encode(StatusAt(view))));
        }
    }

    public void OnStatus(EngineMessage.Status status, ConnectionId from, View view)
    {
        if (status.View > view)
        {
            Ask(from, view);
        }

        bool lacks = status.View < view || status.Finalized < finality.View || status.Missing != View.Genesis;
        if (!lacks || !IsDue(_answered, from))
        {
            return;
        }

        if (status.View.Epoch < scope.Epoch.Epoch)
        {
            SendEndOf(status.View.Epoch, from);
            return;
        }

        if (finality.Newest is Certificate final && final.View > status.Finalized)
        {
            Send(final, from);
        }

        SendSince(status, view, from);
    }

    /// <summary>The view whose nullification is needed to propose here, or to vote for what was proposed; genesis for none.</summary>
    public View Lacks(View view) =>
        !ancestry.TryFindParent(view, out _, out View missing) ? missing
        : rounds.Find(view) is { Proposal: not null } round ? ancestry.NotNullifiedBetween(round.ProposalSince, view)
        : View.Genesis;

    private EngineMessage.Status StatusAt(View view) => new(view, finality.View, Lacks(view));

    /// <summary>The certificates between where a peer is, or what it lacks, and here; the newest notarized block at least.</summary>
    private void SendSince(EngineMessage.Status status, View view, ConnectionId to)
    {
        int sent = 0;
        for (View at = new(view.Value - 1); at.Index > 0 && at > finality.View && sent < MaxNullifications; at = new View(at.Value - 1))
        {
            Round? round = rounds.Find(at);
            bool isOfUse = at >= status.View || (status.Missing != View.Genesis && at <= status.Missing);
            if (isOfUse && round?.Nullification is Certificate nullification)
            {
                Send(nullification, to);
                sent++;
            }

            if (isOfUse && round?.Notarization is Certificate notarization)
            {
                Send(notarization, to);
                return;
            }
        }
    }

    /// <summary>For a peer in an earlier epoch: what shows that the epoch is over.</summary>
    private void SendEndOf(ulong epoch, ConnectionId to)
    {
        BlockTreeNode? first = scope.Tree.Head.AncestorAt(scope.Schedule.FirstOf(epoch + 1));
        if (first is not null
            && StakeSeal.TryDecode(first.Header.Seal, out StakeSeal? seal)
            && Certificate.TryDecode(seal.ParentCertificate, out Certificate? end))
        {
            Send(end, to);
        }
        else if (epoch + 1 == scope.Epoch.Epoch && ancestry.BaseCertificate is Certificate own)
        {
            Send(own, to);
        }
    }

    private void Send(Certificate certificate, ConnectionId to) =>
        scope.Emit(new ConsensusOutput.SendTo(to, EngineMessage.Encode(new EngineMessage.OfCertificate(certificate))));

    private bool IsDue(Dictionary<ConnectionId, Instant> last, ConnectionId peer)
    {
        const int MaxPeers = 1024;
        if (last.TryGetValue(peer, out Instant before) && scope.Now - before < new TimeSpan(scope.Options.RepeatInterval.Ticks / 4))
        {
            return false;
        }

        if (last.Count >= MaxPeers)
        {
            last.Clear();
        }

        last[peer] = scope.Now;
        return true;
    }
}
