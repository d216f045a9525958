using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Gossip;

/// <summary>The connections, in ascending order of their numbers.</summary>
internal sealed class PeerSet
{
    private readonly List<Peer> _all = [];
    private readonly Dictionary<ConnectionId, Peer> _byConnection = [];

    /// <summary>All of them, those that are gone since the start of the step included.</summary>
    public List<Peer> All => _all;

    /// <summary>A connection that is not gone.</summary>
    public bool TryGet(ConnectionId connection, [NotNullWhen(true)] out Peer? peer) =>
        _byConnection.TryGetValue(connection, out peer) && !peer.IsGone;

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
        if (!_byConnection.TryAdd(peer.Id, peer))
        {
            return false;
        }

        int index = _all.Count;
        while (index > 0 && _all[index - 1].Id > peer.Id)
        {
            index--;
        }

        _all.Insert(index, peer);
        return true;
    }

    public void Remove(Peer peer)
    {
        _byConnection.Remove(peer.Id);
        _all.Remove(peer);
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
