using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Asks one peer at a time what a block changed in the state that came out otherwise here. Who delivered the block and is asked about it
/// is blamed for it only after that, as blame ends the connection.
/// </summary>
internal sealed class StateChangesAsker(PeerSet peers, PeerConduct conduct)
{
    /// <summary>How long a peer has to answer. Time that a hostile one has before it is blamed, too.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Late answers that may still come; of more, the oldest are forgotten.</summary>
    private const int MaxLate = 8;

    /// <summary>Between two questions, so that no peer is asked more often than <see cref="StateChangesServer.MaxOfPeer"/> allows.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private readonly List<(ConnectionId Peer, BlockId Block)> _late = [];
    private Question? _open;
    private Instant? _mayAskAt;

    /// <summary>Asks who delivered the block, or else a peer that spoke of it; says at once that nobody answered where none can be asked.</summary>
    /// <param name="block">The block.</param>
    /// <param name="origin">Who delivered it.</param>
    /// <param name="cause">What that peer is blamed for: now, or once it was asked.</param>
    /// <param name="step">The step.</param>
    public void Ask(BlockId block, ConnectionId? origin, Misbehaviour cause, in Step step)
    {
        Peer? asked = _open is null && !(step.Now < _mayAskAt) ? Choose(block, origin) : null;
        if (asked is null || asked.Id != origin)
        {
            Blame(origin, cause, step);
        }

        if (asked is null)
        {
            step.Effects.Emit(new GossipEvent.StateChangesAnswered(block, null, null));
            return;
        }

        _open = new Question(block, asked, asked.Id == origin ? cause : Misbehaviour.None);
        _mayAskAt = step.Now + Pause;
        asked.IsQuestioned = true;
        step.Effects.Send(asked.Id, new PeerMessage.GetStateChanges(block));
        step.Effects.SetTimer(new TimerKey(TimerKind.StateChanges), step.Now + Timeout);
    }

    public void OnAnswer(Peer peer, PeerMessage.StateChanges answer, in Step step)
    {
        if (_open is { } open && open.Peer == peer && open.Block == answer.Block)
        {
            step.Effects.CancelTimer(new TimerKey(TimerKind.StateChanges));
            Close(open, answer, step);
        }
        else if (!_late.Remove((peer.Id, answer.Block)))
        {
            conduct.Blame(peer, Misbehaviour.UnsolicitedStateChanges, step);
        }
    }

    public void OnTimer(in Step step)
    {
        if (_open is { } open)
        {
            if (_late.Count >= MaxLate)
            {
                _late.RemoveAt(0);
            }

            _late.Add((open.Peer.Id, open.Block));
            Close(open, null, step);
        }
    }

    public void OnGone(Peer gone, in Step step)
    {
        _late.RemoveAll(late => late.Peer == gone.Id);
        if (_open is { } open && open.Peer == gone)
        {
            step.Effects.CancelTimer(new TimerKey(TimerKind.StateChanges));
            Close(open, null, step);
        }
    }

    private void Close(Question open, PeerMessage.StateChanges? answer, in Step step)
    {
        _open = null;
        open.Peer.IsQuestioned = false;
        step.Effects.Emit(new GossipEvent.StateChangesAnswered(open.Block, open.Peer.Id, answer));
        conduct.Blame(open.Peer, open.Cause, step);
    }

    private Peer? Choose(BlockId block, ConnectionId? origin)
    {
        if (peers.TryGetReady(origin, out Peer? deliverer) && deliverer.GivesStateChanges)
        {
            return deliverer;
        }

        foreach (Peer peer in peers.All)
        {
            if (peer.IsReady && peer.GivesStateChanges && peer.Known.Contains(block.Value))
            {
                return peer;
            }
        }

        return null;
    }

    private void Blame(ConnectionId? origin, Misbehaviour cause, in Step step)
    {
        if (origin is { } id && peers.TryGet(id, out Peer? peer))
        {
            conduct.Blame(peer, cause, step);
        }
    }

    private sealed record Question(BlockId Block, Peer Peer, Misbehaviour Cause);
}
