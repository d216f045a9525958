using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Collects the transactions that one step asks for, so that each peer is sent few messages.</summary>
internal sealed class RequestBatch
{
    private readonly SortedDictionary<ConnectionId, List<TransactionId>> _byPeer = [];

    public void Add(ConnectionId peer, TransactionId id)
    {
        if (!_byPeer.TryGetValue(peer, out List<TransactionId>? ids))
        {
            ids = [];
            _byPeer.Add(peer, ids);
        }

        ids.Add(id);
    }

    public void Send(IEffects effects)
    {
        foreach ((ConnectionId peer, List<TransactionId> ids) in _byPeer)
        {
            for (int start = 0; start < ids.Count; start += WireLimits.InventoryIds)
            {
                int count = int.Min(ids.Count - start, WireLimits.InventoryIds);
                effects.Send(peer, new PeerMessage.RequestTransactions(ids.GetRange(start, count)));
            }
        }
    }
}
