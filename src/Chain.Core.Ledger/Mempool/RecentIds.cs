using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>The last ids of transactions that need no second look. The oldest is forgotten first.</summary>
internal sealed class RecentIds(int capacity, SaltedComparer comparer)
{
    private readonly HashSet<TransactionId> _ids = new(comparer);
    private readonly Queue<TransactionId> _order = new();

    public bool Contains(TransactionId id) => _ids.Contains(id);

    public void Add(TransactionId id)
    {
        if (_ids.Add(id))
        {
            _order.Enqueue(id);
            if (_order.Count > capacity)
            {
                _ids.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Forgets an id before its time; its place in the order stays taken until then.</summary>
    public void Remove(TransactionId id) => _ids.Remove(id);

    public void Clear()
    {
        _ids.Clear();
        _order.Clear();
    }
}
