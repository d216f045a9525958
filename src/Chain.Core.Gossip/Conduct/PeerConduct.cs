using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Ends connections, for a reason of this node's or for what the peer did.</summary>
internal sealed class PeerConduct(PeerOptions options, Protections protections, IdComparer comparer)
{
    private readonly ScoreBook _scores = new(options, comparer);
    private readonly List<Peer> _departed = [];

    /// <summary>Peers that are remembered with points or bans.</summary>
    public int Remembered => _scores.Count;

    public bool IsBanned(PeerId peer, Instant now) => _scores.IsBanned(peer, now);

    /// <summary>The points of a peer's misbehaviour as they are now.</summary>
    public int ScoreOf(PeerId peer, Instant now) => _scores.PointsOf(peer, now);

    /// <summary>Scores what a peer did; at the limit, or where the cause says so, its connection ends.</summary>
    public void Blame(Peer peer, Misbehaviour cause, in Step step)
    {
        if (peer.IsGone || cause == Misbehaviour.None || !protections.KeepsScores)
        {
            return;
        }

        if (cause == Misbehaviour.InvalidHeader && peer.IsQuestioned)
        {
            peer.IsQuestioned = false; // one header is passed over: what the peer is asked may be on its way
            return;
        }

        MisbehaviourWeight weight = MisbehaviourWeight.Of(cause);
        int score = weight.Points > 0 ? _scores.Add(peer.Connection.Peer, weight.Points, step.Now) : 0;
        Consequence consequence = score >= options.BanScore ? Consequence.Banned
            : weight.Cuts ? Consequence.Cut
            : Consequence.Scored;
        step.Effects.Emit(new GossipEvent.PeerMisbehaved(peer.Connection, cause, score, consequence));
        if (consequence != Consequence.Scored)
        {
            Discredit(peer, consequence, cause, step.Now);
            Cut(peer, cause.ToString(), step);
        }
    }

    /// <summary>Says goodbye and closes.</summary>
    public void Cut(Peer peer, string reason, in Step step)
    {
        if (!peer.IsGone)
        {
            step.Effects.Send(peer.Id, new PeerMessage.Goodbye(reason));
            step.Effects.Close(peer.Id, reason);
            Leave(peer, reason, step);
        }
    }

    /// <summary>Takes note that a connection ended.</summary>
    public void Leave(Peer peer, string reason, in Step step)
    {
        if (peer.IsGone)
        {
            return;
        }

        bool wasReady = peer.IsReady;
        peer.IsGone = true;
        _departed.Add(peer);
        if (wasReady)
        {
            step.Effects.Emit(new GossipEvent.PeerGone(peer.Connection, reason));
        }
    }

    /// <summary>The next peer that ended in this step.</summary>
    public Peer? TakeDeparted()
    {
        if (_departed.Count == 0)
        {
            return null;
        }

        Peer departed = _departed[^1];
        _departed.RemoveAt(_departed.Count - 1);
        return departed;
    }

    private void Discredit(Peer peer, Consequence consequence, Misbehaviour cause, Instant now)
    {
        if (!peer.IsOutbound || peer.Address is not { } address)
        {
            return;
        }

        if (consequence == Consequence.Banned)
        {
            address.RestUntil(now + options.BanTime);
        }
        else if (cause is Misbehaviour.WrongNetwork or Misbehaviour.WrongGenesis or Misbehaviour.NoCommonVersion)
        {
            address.RestUntil(now + options.RedialMax);
        }
    }
}
