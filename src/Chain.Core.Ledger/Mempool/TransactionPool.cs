using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// The transactions that wait, within their budget. Room is made at the end of the queue that is worth least to a
/// block, so that a sender's order is never broken. All orders are total: the same inputs give the same pool.
/// </summary>
internal sealed class TransactionPool
{
    private readonly MempoolOptions _options;
    private readonly Action<TransactionId, DropReason> _dropped;
    private readonly PoolJournal? _journal;
    private readonly Dictionary<TransactionId, PooledTransaction> _byId;
    private readonly Dictionary<AccountAddress, SenderQueue> _senders;
    private readonly SortedSet<SenderQueue> _byWorth;
    private readonly SortedSet<SenderQueue> _byPriority = new(Comparer<SenderQueue>.Create(ComparePriority));
    private readonly SortedSet<PooledTransaction> _byExpiry = new(Comparer<PooledTransaction>.Create(CompareExpiry));
    private readonly SortedSet<PooledTransaction> _byArrival = new(Comparer<PooledTransaction>.Create(CompareArrival));
    private ulong _sequence;

    /// <summary>An empty pool.</summary>
    /// <param name="options">The budget.</param>
    /// <param name="comparer">For tables that are looked up and never enumerated.</param>
    /// <param name="dropped">Told of each transaction that is given up.</param>
    /// <param name="journal">Told of each that comes or goes; null where none is kept.</param>
    public TransactionPool(
        MempoolOptions options, SaltedComparer comparer, Action<TransactionId, DropReason> dropped, PoolJournal? journal = null)
    {
        _journal = journal;
        _options = options;
        _byWorth = new SortedSet<SenderQueue>(Comparer<SenderQueue>.Create(options.KeepsFirstOrphans ? CompareWorthMutant : CompareWorth));
        _dropped = dropped;
        _byId = new Dictionary<TransactionId, PooledTransaction>(comparer);
        _senders = new Dictionary<AccountAddress, SenderQueue>(comparer);
    }

    public int Count => _byId.Count;

    /// <summary>What all transactions count against the budget.</summary>
    public long Bytes { get; private set; }

    public int Senders => _senders.Count;

    /// <summary>By arrival.</summary>
    public IEnumerable<Transaction> Transactions => _byArrival.Select(static pooled => pooled.Transaction);

    public bool TryGet(TransactionId id, [NotNullWhen(true)] out Transaction? transaction)
    {
        transaction = _byId.GetValueOrDefault(id)?.Transaction;
        return transaction is not null;
    }

    public bool Contains(TransactionId id) => _byId.ContainsKey(id);

    /// <summary>Where a sender of waiting transactions stands, as far as is known.</summary>
    public AccountStanding? StandingOf(AccountAddress account) => _senders.GetValueOrDefault(account)?.Standing;

    /// <summary>Whether a transaction of this rate would be evicted at once, as far as can be said without looking at its sender.</summary>
    public bool IsBelowWorth(FeeRate rate, int bytes) =>
        (Count >= _options.MaxTransactions || Bytes + bytes + MempoolOptions.TransactionOverhead > _options.MaxBytes)
        && _byWorth.Min is { } least
        && rate.CompareTo(least.TailRate) <= 0;

    /// <summary>Takes a checked transaction, or says why not.</summary>
    /// <param name="transaction">In memory of its own.</param>
    /// <param name="standing">Where its sender stands.</param>
    /// <param name="isReturned">It comes from a block that was undone: the sender may have more than others.</param>
    /// <param name="arrival">When it came.</param>
    public TransactionRefusal TryAdd(Transaction transaction, in AccountStanding standing, bool isReturned, in Arrival arrival)
    {
        Follow(in standing);
        _senders.TryGetValue(standing.Account, out SenderQueue? sender);
        TransactionTerms terms = transaction.Terms;
        if (terms.Nonce < standing.NextNonce)
        {
            return TransactionRefusal.NonceUsed;
        }

        PooledTransaction? replaced = sender?.Find(terms.Nonce);
        int before = sender?.CountBelow(terms.Nonce) ?? 0;
        if (terms.Nonce - standing.NextNonce - (ulong)before > (ulong)_options.MaxNonceGap)
        {
            return TransactionRefusal.NonceGap;
        }

        if (replaced is not null && terms.Fee < LeastReplacement(replaced.Fee))
        {
            return TransactionRefusal.ReplacementTooCheap;
        }

        if (replaced is null && !isReturned && sender?.Count >= _options.MaxPerSender)
        {
            return TransactionRefusal.SenderFull;
        }

        if ((sender?.Fees ?? 0) + terms.Fee - (replaced?.Fee ?? 0) > standing.Spendable)
        {
            return TransactionRefusal.FeeUnaffordable;
        }

        return Add(transaction, replaced, in standing, in arrival);
    }

    /// <summary>Removes a transaction without giving it up: a block holds it.</summary>
    public void Remove(TransactionId id)
    {
        if (_byId.TryGetValue(id, out PooledTransaction? pooled))
        {
            Remove(pooled);
        }
    }

    public void Drop(TransactionId id, DropReason reason)
    {
        if (_byId.TryGetValue(id, out PooledTransaction? pooled))
        {
            Drop(pooled, reason);
        }
    }

    /// <summary>Follows an account: transactions with used nonces go, and from the end those that it cannot pay any more.</summary>
    public void Follow(in AccountStanding standing)
    {
        if (!_senders.TryGetValue(standing.Account, out SenderQueue? sender) || sender.Standing == standing)
        {
            return;
        }

        Unlist(sender);
        sender.Standing = standing;
        sender.Rate();
        List(sender);
        while (sender.Count != 0 && sender.Transactions[0].Nonce < standing.NextNonce)
        {
            Drop(sender.Transactions[0], DropReason.Conflicted);
        }

        while (sender.Count != 0 && sender.Fees > standing.Spendable)
        {
            Drop(sender.Tail, DropReason.Unaffordable);
        }
    }

    /// <summary>Follows the nonce of an account whose balance is not known again yet.</summary>
    public void FollowNonce(AccountAddress account, ulong nextNonce)
    {
        if (_senders.TryGetValue(account, out SenderQueue? sender))
        {
            Follow(sender.Standing with { NextNonce = nextNonce });
        }
    }

    /// <summary>Gives up what can be in no block at <paramref name="height"/> or later.</summary>
    public void DropExpired(BlockHeight height)
    {
        while (_byExpiry.Min is { } first && first.Transaction.Terms.ValidUntil < height)
        {
            Drop(first, DropReason.Expired);
        }
    }

    /// <summary>Gives up what waits since <paramref name="since"/> or longer.</summary>
    public void DropOlder(Instant since)
    {
        while (_byArrival.Min is { } first && first.Since <= since)
        {
            Drop(first, DropReason.Expired);
        }
    }

    /// <summary>The transactions for a block: the dearest per byte first, each after the earlier ones of its sender.</summary>
    public List<Transaction> Select(int maxTransactions, long maxBytes)
    {
        var chosen = new List<Transaction>();
        var followers = new PriorityQueue<(SenderQueue Sender, int Index), PooledTransaction>(
            Comparer<PooledTransaction>.Create(static (a, b) => ComparePriority(a, b)));
        using SortedSet<SenderQueue>.Enumerator heads = _byPriority.GetEnumerator();
        bool hasHead = heads.MoveNext();
        long bytes = 0;
        while (chosen.Count < maxTransactions && bytes < maxBytes && (hasHead || followers.Count != 0))
        {
            (SenderQueue Sender, int Index) next;
            if (hasHead && (!followers.TryPeek(out _, out PooledTransaction? best)
                || ComparePriority(heads.Current.Transactions[0], best) < 0))
            {
                next = (heads.Current, 0);
                hasHead = heads.MoveNext();
            }
            else
            {
                next = followers.Dequeue();
            }

            PooledTransaction taken = next.Sender.Transactions[next.Index];
            chosen.Add(taken.Transaction);
            bytes += taken.Transaction.Encoded.Length;
            int follower = next.Index + 1;
            if (follower < next.Sender.Count && next.Sender.Transactions[follower].Nonce - 1 == taken.Nonce)
            {
                followers.Enqueue((next.Sender, follower), next.Sender.Transactions[follower]);
            }
        }

        return chosen;
    }

    /// <summary>
    /// Among equals the sender who came last goes first, so that a full pool is not stirred for nothing. Not so where a
    /// nonce is missing: whoever filled the pool with such transactions would keep out everybody's that come a moment
    /// before what they wait for.
    /// </summary>
    private static int CompareWorth(SenderQueue a, SenderQueue b)
    {
        int order = a.TailRate.CompareTo(b.TailRate);
        order = order != 0 ? order : b.HasGap.CompareTo(a.HasGap);
        return order != 0 ? order : a.HasGap ? a.Sequence.CompareTo(b.Sequence) : b.Sequence.CompareTo(a.Sequence);
    }

    private static int CompareWorthMutant(SenderQueue a, SenderQueue b)
    {
        int order = a.TailRate.CompareTo(b.TailRate);
        return order != 0 ? order : b.Sequence.CompareTo(a.Sequence);
    }

    private static int ComparePriority(SenderQueue a, SenderQueue b) => ComparePriority(a.Transactions[0], b.Transactions[0]);

    private static int ComparePriority(PooledTransaction a, PooledTransaction b)
    {
        int order = b.Rate.CompareTo(a.Rate);
        return order != 0 ? order : a.Sequence.CompareTo(b.Sequence);
    }

    private static int CompareExpiry(PooledTransaction a, PooledTransaction b)
    {
        int order = a.Transaction.Terms.ValidUntil.CompareTo(b.Transaction.Terms.ValidUntil);
        return order != 0 ? order : a.Sequence.CompareTo(b.Sequence);
    }

    private static int CompareArrival(PooledTransaction a, PooledTransaction b)
    {
        int order = a.Since.CompareTo(b.Since); // what came in an earlier life is older than its place in this one says
        return order != 0 ? order : a.Sequence.CompareTo(b.Sequence);
    }

    private TransactionRefusal Add(Transaction transaction, PooledTransaction? replaced, in AccountStanding standing, in Arrival arrival)
    {
        if (replaced is not null)
        {
            Drop(replaced, DropReason.Replaced);
        }

        if (!_senders.TryGetValue(standing.Account, out SenderQueue? sender))
        {
            sender = new SenderQueue(standing, _sequence++);
            _senders.Add(standing.Account, sender);
        }

        var pooled = new PooledTransaction(transaction, _sequence++, in arrival);
        Unlist(sender);
        sender.Add(pooled);
        List(sender);
        _byId.Add(pooled.Id, pooled);
        _byExpiry.Add(pooled);
        _byArrival.Add(pooled);
        Bytes += pooled.Charge;
        _journal?.OnAdded(pooled);
        return MakeRoom(pooled) ? TransactionRefusal.None : TransactionRefusal.PoolFull;
    }

    /// <summary>Gives up what is worth least until the budget holds; false where the newest itself had to go.</summary>
    private bool MakeRoom(PooledTransaction newest)
    {
        while (Count > _options.MaxTransactions || Bytes > _options.MaxBytes)
        {
            PooledTransaction least = _byWorth.Min!.Tail;
            if (least == newest)
            {
                Remove(newest);
                return false;
            }

            Drop(least, DropReason.Evicted);
        }

        return true;
    }

    private ulong LeastReplacement(ulong fee)
    {
        UInt128 least = fee + (((UInt128)fee * _options.ReplacementPercent) + 99) / 100;
        least = UInt128.Max(least, (UInt128)fee + 1);
        return least > ulong.MaxValue ? ulong.MaxValue : (ulong)least;
    }

    private void Drop(PooledTransaction pooled, DropReason reason)
    {
        Remove(pooled);
        _dropped(pooled.Id, reason);
    }

    private void Remove(PooledTransaction pooled)
    {
        SenderQueue sender = _senders[pooled.Transaction.Sender];
        Unlist(sender);
        sender.Remove(pooled);
        List(sender);
        if (sender.Count == 0)
        {
            _senders.Remove(sender.Account);
        }

        _byId.Remove(pooled.Id);
        _byExpiry.Remove(pooled);
        _byArrival.Remove(pooled);
        Bytes -= pooled.Charge;
        _journal?.OnRemoved(pooled);
    }

    /// <summary>Takes a sender out of the orders, before anything about it changes.</summary>
    private void Unlist(SenderQueue sender)
    {
        if (sender.Count != 0)
        {
            _byWorth.Remove(sender);
            if (sender.IsReady)
            {
                _byPriority.Remove(sender);
            }
        }
    }

    private void List(SenderQueue sender)
    {
        if (sender.Count != 0)
        {
            _byWorth.Add(sender);
            if (sender.IsReady)
            {
                _byPriority.Add(sender);
            }
        }
    }
}
