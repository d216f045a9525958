using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Gossip;

/// <summary>Points and bans by peer identity, so that neither is lost by reconnecting. Bounded: the oldest entry makes room.</summary>
internal sealed class ScoreBook(PeerOptions options, IdComparer comparer)
{
    private readonly Dictionary<Hash256, LinkedListNode<Entry>> _byPeer = new(comparer);
    private readonly LinkedList<Entry> _oldestFirst = [];

    public int Count => _byPeer.Count;

    public bool IsBanned(PeerId peer, Instant now) =>
        _byPeer.TryGetValue(peer.PublicKey, out LinkedListNode<Entry>? node) && now < node.Value.BannedUntil;

    /// <summary>The points of a peer as they are now; 0 where it is not remembered.</summary>
    public int PointsOf(PeerId peer, Instant now)
    {
        if (!_byPeer.TryGetValue(peer.PublicKey, out LinkedListNode<Entry>? node))
        {
            return 0;
        }

        node.Value.Decay(now, options.PointDecay);
        return node.Value.Points;
    }

    /// <summary>Adds points and returns the score after that; where it reaches the limit, the peer is banned.</summary>
    public int Add(PeerId peer, int points, Instant now)
    {
        Entry entry = EntryOf(peer, now);
        entry.Decay(now, options.PointDecay);
        entry.Points = (int)long.Min((long)entry.Points + points, int.MaxValue);
        int score = entry.Points;
        if (score >= options.BanScore)
        {
            entry.BannedUntil = now + options.BanTime;
            entry.Points = 0;
        }

        return score;
    }

    private Entry EntryOf(PeerId peer, Instant now)
    {
        if (_byPeer.TryGetValue(peer.PublicKey, out LinkedListNode<Entry>? found))
        {
            return found.Value;
        }

        if (_byPeer.Count >= options.MaxScores)
        {
            _byPeer.Remove(_oldestFirst.First!.Value.Peer);
            _oldestFirst.RemoveFirst();
        }

        var entry = new Entry(peer.PublicKey, now);
        _byPeer.Add(peer.PublicKey, _oldestFirst.AddLast(entry));
        return entry;
    }

    private sealed class Entry(Hash256 peer, Instant now)
    {
        private Instant _decayedAt = now;

        public Hash256 Peer { get; } = peer;

        public int Points { get; set; }

        public Instant BannedUntil { get; set; } = now;

        public void Decay(Instant now, TimeSpan perPoint)
        {
            long step = perPoint.Ticks / TimeSpan.TicksPerMicrosecond;
            long forgiven = (now.Microseconds - _decayedAt.Microseconds) / step;
            Points = (int)long.Max(Points - forgiven, 0);
            _decayedAt = new Instant(_decayedAt.Microseconds + (forgiven * step));
        }
    }
}
