using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// The transactions that were admitted last, numbered. Each peer remembers how far it was told, so that a
/// transaction is written down once, not once for each peer.
/// </summary>
internal sealed class AdmittedLog
{
    /// <summary>As many as one message holds: who falls further behind hears of the rest from others.</summary>
    public const int Capacity = WireLimits.InventoryIds;

    private readonly List<RelayedTransaction> _ring = [];

    /// <summary>The number that the next transaction gets.</summary>
    public long End { get; private set; }

    /// <summary>The number of the oldest transaction that is kept.</summary>
    public long Start => End - _ring.Count;

    public RelayedTransaction this[long number] => _ring[(int)(number % Capacity)];

    public void Append(RelayedTransaction transaction)
    {
        if (_ring.Count < Capacity)
        {
            _ring.Add(transaction);
        }
        else
        {
            _ring[(int)(End % Capacity)] = transaction;
        }

        End++;
    }
}
