using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Gossip;

/// <summary>The connections, in ascending order of their numbers.</summary>
internal sealed class PeerSet
{
    private readonly List<Peer> _all = [];

    /// <summary>The numbers of <see cref="_all"/>, side by side: a search looks into no peer.</summary>
    private readonly List<ulong> _numbers = [];

    /// <summary>All of them, those that are gone since the start of the step included.</summary>
    public List<Peer> All => _all;

    /// <summary>A connection that is not gone.</summary>
    public bool TryGet(ConnectionId connection, [NotNullWhen(true)] out Peer? peer)
    {
        int place = _numbers.BinarySearch(connection.Value);
        peer = place >= 0 ? _all[place] : null;
        return peer is { IsGone: false };
    }

    /// <summary>A connection that is not gone and has said hello.</summary>
    public bool TryGetReady(ConnectionId? connection, [NotNullWhen(true)] out Peer? peer)
    {
        peer = null;
        return connection is { } id && TryGet(id, out peer) && peer.IsReady;
    }

    /// <summary>The oldest connection with a peer that is not gone.</summary>
    public Peer? Find(PeerId id)
    {
        foreach (Peer peer in _all)
        {
            if (!peer.IsGone && peer.Connection.Peer == id)
            {
                return peer;
            }
        }

        return null;
    }

    /// <summary>Adds a connection; false where its number is taken.</summary>
    public bool Add(Peer peer)
    {
        int place = _numbers.BinarySearch(peer.Id.Value);
        if (place >= 0)
        {
            return false;
        }

        _numbers.Insert(~place, peer.Id.Value);
        _all.Insert(~place, peer);
        return true;
    }

    public void Remove(Peer peer)
    {
        int place = _numbers.BinarySearch(peer.Id.Value);
        if (place >= 0 && ReferenceEquals(_all[place], peer))
        {
            _numbers.RemoveAt(place);
            _all.RemoveAt(place);
        }
    }

    public int Count(ConnectionDirection direction)
    {
        int count = 0;
        foreach (Peer peer in _all)
        {
            count += !peer.IsGone && peer.Connection.Direction == direction ? 1 : 0;
        }

        return count;
    }

    /// <summary>A random peer that is ready; null where none is.</summary>
    public Peer? PickReady(DeterministicRandom random)
    {
        Peer? picked = null;
        int seen = 0;
        foreach (Peer peer in _all)
        {
            if (peer.IsReady && random.NextIndex(++seen) == 0)
            {
                picked = peer;
            }
        }

        return picked;
    }
}
