using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What one sender has waiting, by nonce. Its places in the indexes of the pool follow from its rates.</summary>
internal sealed class SenderQueue(AccountStanding standing, ulong sequence)
{
    private readonly List<PooledTransaction> _byNonce = new(1);

    public AccountAddress Account => Standing.Account;

    /// <summary>Where the account stands at the head, as far as is known.</summary>
    public AccountStanding Standing { get; set; } = standing;

    /// <summary>In which order senders came; unique.</summary>
    public ulong Sequence { get; } = sequence;

    public int Count => _byNonce.Count;

    /// <summary>By ascending nonce.</summary>
    public IReadOnlyList<PooledTransaction> Transactions => _byNonce;

    /// <summary>What all transactions pay together.</summary>
    public UInt128 Fees { get; private set; }

    public PooledTransaction Tail => _byNonce[^1];

    /// <summary>Whether the first transaction could be in the next block.</summary>
    public bool IsReady => _byNonce.Count != 0 && _byNonce[0].Nonce == Standing.NextNonce;

    /// <summary>
    /// What the tail is worth to a block: nothing can be included before what comes earlier, so it is the lowest
    /// rate of the queue, and the lowest of all where a nonce is missing. A dear tail does not protect a cheap head.
    /// </summary>
    public FeeRate TailRate { get; private set; } = FeeRate.Lowest;

    /// <summary>Whether a nonce is missing before the tail: nobody knows whether it can ever be in a block.</summary>
    public bool HasGap { get; private set; }

    /// <summary>The rate of the first transaction.</summary>
    public FeeRate HeadRate => _byNonce[0].Rate;

    public PooledTransaction? Find(ulong nonce)
    {
        int index = IndexOf(nonce);
        return index >= 0 ? _byNonce[index] : null;
    }

    /// <summary>How many transactions have a lower nonce.</summary>
    public int CountBelow(ulong nonce)
    {
        int index = IndexOf(nonce);
        return index >= 0 ? index : ~index;
    }

    /// <summary>Adds a transaction whose nonce is not there.</summary>
    public void Add(PooledTransaction transaction)
    {
        _byNonce.Insert(~IndexOf(transaction.Nonce), transaction);
        Fees += transaction.Fee;
        Rate();
    }

    public void Remove(PooledTransaction transaction)
    {
        _byNonce.RemoveAt(IndexOf(transaction.Nonce));
        Fees -= transaction.Fee;
        Rate();
    }

    /// <summary>Follows a change of <see cref="Standing"/>.</summary>
    public void Rate()
    {
        FeeRate lowest = _byNonce.Count == 0 ? FeeRate.Lowest : _byNonce[0].Rate;
        ulong expected = Standing.NextNonce;
        HasGap = false;
        foreach (PooledTransaction transaction in _byNonce)
        {
            HasGap |= transaction.Nonce != expected;
            lowest = FeeRate.Min(lowest, transaction.Nonce == expected ? transaction.Rate : FeeRate.Lowest);
            expected = unchecked(transaction.Nonce + 1);
        }

        TailRate = lowest;
    }

    private int IndexOf(ulong nonce)
    {
        int low = 0;
        int high = _byNonce.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_byNonce[middle].Nonce < nonce)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < _byNonce.Count && _byNonce[low].Nonce == nonce ? low : ~low;
    }
}
