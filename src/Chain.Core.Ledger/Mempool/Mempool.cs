using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// The transactions that wait for a block, as a machine. Cheap checks come first; signatures and state are checked
/// by one job at a time, which takes everything that came while the one before ran. Bounded in every direction. What
/// waits is kept in the store a little later than it came, and comes back after a restart by way of the same checks.
/// </summary>
public sealed class Mempool : IMachine<MempoolInput>
{
    /// <summary>Most records that one step writes, so that a flood of transactions does not stop the node for its disk.</summary>
    internal const int SavedAtOnce = 4096;

    private static readonly TimerKey Sweep = new(1);
    private static readonly TimerKey Save = new(2);

    private readonly LedgerDefinition _definition;
    private readonly BlockId _genesis;
    private readonly MempoolOptions _options;
    private readonly ResidentStates? _states;
    private readonly SaltedComparer _comparer = new();
    private readonly PoolJournal? _journal;
    private readonly TransactionPool _pool;
    private readonly AdmissionQueue _undecided;
    private readonly RecentIds _recent;
    private readonly Dictionary<AccountAddress, ulong> _movedNonces;
    private readonly SortedSet<AccountAddress> _toRead = [];
    private AdmissionQueue.Offer[] _inAdmission = [];
    private JobId? _admission;
    private JobId? _reading;
    private JobId? _loading;
    private ulong? _nextKept = 0;
    private int _keptRead;
    private int _keptDamaged;
    private bool _isSaveSet;
    private ulong _jobs;
    private Head? _head;
    private IEffects? _effects;
    private bool _isSalted;

    /// <summary>An empty mempool that decides nothing before it knows the head.</summary>
    /// <param name="definition">The rules of the chain.</param>
    /// <param name="genesis">The chain that signatures must be made for.</param>
    /// <param name="options">What this node takes.</param>
    /// <param name="states">What is in memory of recent states, to save reads; null where nothing is.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Mempool(LedgerDefinition definition, BlockId genesis, MempoolOptions? options = null, ResidentStates? states = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _definition = definition;
        _genesis = genesis;
        _states = states;
        _options = options ?? new MempoolOptions();
        _options.Check();
        _journal = _options.IsKept ? new PoolJournal() : null;
        _pool = new TransactionPool(
            _options, _comparer, (id, reason) => _effects!.Emit(new MempoolEvent.TransactionDropped(id, reason)), _journal);
        _undecided = new AdmissionQueue(_options, _comparer);
        _recent = new RecentIds(_options.RecentIds, _comparer);
        _movedNonces = new Dictionary<AccountAddress, ulong>(_comparer);
    }

    /// <summary>How many transactions wait.</summary>
    public int Count => _pool.Count;

    /// <summary>What they count against <see cref="MempoolOptions.MaxBytes"/>.</summary>
    public long Bytes => _pool.Bytes;

    /// <summary>How many transactions are not decided yet.</summary>
    public int UndecidedCount => _undecided.Count + _inAdmission.Length;

    /// <summary>The transactions that wait, in the order in which they came. Not to be enumerated across a step.</summary>
    public IEnumerable<Transaction> Transactions => _pool.Transactions;

    /// <summary>The transactions that are not decided yet, in the order of checking. Not to be enumerated across a step.</summary>
    public IEnumerable<Transaction> Undecided => _inAdmission.Concat(_undecided.All).Select(static offer => offer.Transaction);

    /// <summary>The transaction, if it waits.</summary>
    public bool TryGet(TransactionId id, [NotNullWhen(true)] out Transaction? transaction) => _pool.TryGet(id, out transaction);

    /// <summary>Whether the transaction waits, so that its signature was found right and need not be checked again.</summary>
    public bool HasChecked(TransactionId id) => _pool.Contains(id);

    /// <summary>Whether the transaction need not be fetched: it waits, is being checked, was refused for good or is in a block.</summary>
    public bool Knows(TransactionId id) => _pool.Contains(id) || _undecided.Contains(id) || _recent.Contains(id);

    /// <summary>
    /// The candidates for a block on the head: the dearest per byte first, each after the earlier ones of its sender.
    /// A little more than the budget holds, for <see cref="BuildBlockJob"/> to choose from.
    /// </summary>
    public IReadOnlyList<Transaction> SelectCandidates(BlockBudget budget)
    {
        int transactions = int.Max(0, budget.Transactions);
        return _pool.Select((int)long.Min(int.MaxValue, transactions + (transactions / 8L)), budget.Bytes + (budget.Bytes / 8L));
    }

    /// <inheritdoc/>
    public void Handle(in MempoolInput input, in StepContext context, IEffects effects)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(effects);
        _effects = effects;
        if (!_isSalted)
        {
            _comparer.Salt = context.Random.NextUInt64();
            _isSalted = true;
        }

        switch (input)
        {
            case MempoolInput.Submitted submitted: OnSubmitted(submitted); break;
            case MempoolInput.JobFinished finished: OnJobFinished(finished, in context); break;
            case MempoolInput.HeadChanged changed: OnHeadChanged(changed, in context); break;
            case MempoolInput.Emptied: OnEmptied(); break;
            case MempoolInput.CandidatesRefused refused: OnCandidatesRefused(refused); break;
            case MempoolInput.TimerFired fired when fired.Key == Sweep: OnSweep(context.Now); break;
            case MempoolInput.TimerFired fired when fired.Key == Save: OnSave(context.Now); break;
            case MempoolInput.Stopping: OnStopping(); return;
        }

        OffloadNext();
        SetSave(context.Now, _options.SaveInterval);
    }

    private static bool IsForGood(TransactionRefusal refusal) => refusal
        is TransactionRefusal.TooLarge
        or TransactionRefusal.UnknownScheme
        or TransactionRefusal.BadSignature
        or TransactionRefusal.BadCall
        or TransactionRefusal.Expired
        or TransactionRefusal.NonceUsed;

    private void OnSubmitted(MempoolInput.Submitted submitted)
    {
        TransactionHashes.Find(submitted.Transactions);
        foreach (Transaction transaction in submitted.Transactions)
        {
            TransactionRefusal refusal = CheckCheaply(transaction);
            if (refusal == TransactionRefusal.None && !_undecided.TryAdd(transaction, submitted.Origin))
            {
                refusal = TransactionRefusal.PoolFull;
            }

            if (refusal != TransactionRefusal.None)
            {
                Refuse(transaction.Id, refusal, submitted.Origin);
            }
        }
    }

    /// <summary>What can be said before any signature or state is looked at.</summary>
    private TransactionRefusal CheckCheaply(Transaction transaction)
    {
        if (Knows(transaction.Id))
        {
            return TransactionRefusal.Duplicate;
        }

        int bytes = transaction.Encoded.Length;
        var rate = new FeeRate(transaction.Terms.Fee, bytes);
        TransactionRefusal form = TransactionChecks.CheckForm(_definition, transaction, (_head?.Height ?? default).Next());
        return form != TransactionRefusal.None ? form
            : rate.CompareTo(new FeeRate(_options.MinFeePerKilobyte, 1000)) < 0 ? TransactionRefusal.FeeTooLow
            : _pool.IsBelowWorth(rate, bytes) ? TransactionRefusal.PoolFull
            : TransactionRefusal.None;
    }

    private void OnJobFinished(MempoolInput.JobFinished finished, in StepContext context)
    {
        if (finished.Job == _admission && finished.Result is TransactionsAdmitted admitted)
        {
            AdmissionQueue.Offer[] offers = _inAdmission;
            _admission = null;
            _inAdmission = [];
            if (admitted.StateRoot == _head?.StateRoot)
            {
                // Else every job of a node whose head does not move would read the same pages again.
                _states?.Keep(admitted.Resident);
            }

            for (int i = 0; i < offers.Length; i++)
            {
                Decide(admitted.Verdicts[i], in offers[i], admitted.StateRoot, in context);
            }

            _movedNonces.Clear();
        }
        else if (finished.Job == _reading && finished.Result is AccountsRead read)
        {
            OnAccountsRead(read);
        }
        else if (finished.Job == _loading && finished.Result is PooledLoaded loaded)
        {
            OnPooledLoaded(loaded, in context);
        }
    }

    private void Decide(AdmissionVerdict verdict, in AdmissionQueue.Offer offer, in Hash256 stateRoot, in StepContext context)
    {
        TransactionId id = verdict.Transaction.Id;
        _undecided.Forget(id);
        TransactionRefusal refusal = verdict.Refusal;
        if (refusal == TransactionRefusal.None)
        {
            // A transaction from a peer shares the memory of its whole message, which would stay alive with it.
            AccountStanding standing = StandingNow(verdict.Sender, in stateRoot);
            Arrival arrival = offer.Kept ?? new Arrival(context.Now, context.WallClock);
            refusal = _pool.Contains(id) || _recent.Contains(id)
                ? TransactionRefusal.Duplicate
                : _pool.TryAdd(verdict.Transaction.Detach(), in standing, offer.IsReturned, in arrival);
        }

        if (refusal != TransactionRefusal.None)
        {
            Refuse(id, refusal, offer.Origin);
            _journal?.Forget(offer.Kept?.Record ?? 0);
        }
        else if (_pool.TryGet(id, out Transaction? kept))
        {
            _effects!.Emit(new MempoolEvent.TransactionAdmitted(kept, offer.Origin));
        }
    }

    /// <summary>Brings a standing up to date where the head moved while the job ran, and has it read again.</summary>
    private AccountStanding StandingNow(AccountStanding found, in Hash256 stateRoot)
    {
        if (stateRoot == _head?.StateRoot)
        {
            return found;
        }

        _toRead.Add(found.Account);
        return _pool.StandingOf(found.Account)
            ?? (_movedNonces.TryGetValue(found.Account, out ulong moved) ? found with { NextNonce = moved } : found);
    }

    private void OnAccountsRead(AccountsRead read)
    {
        _reading = null;
        bool isCurrent = read.StateRoot == _head?.StateRoot;
        foreach (AccountStanding standing in read.Accounts)
        {
            if (isCurrent)
            {
                _pool.Follow(in standing);
            }
            else if (_pool.StandingOf(standing.Account) is not null)
            {
                _toRead.Add(standing.Account);
            }
        }

    }

    private void OnHeadChanged(MempoolInput.HeadChanged changed, in StepContext context)
    {
        if (_head is null)
        {
            _effects!.SetTimer(Sweep, context.Now + _options.SweepInterval);
        }

        _head = new Head(changed.Height, changed.StateRoot);
        if (HasTransactions(changed.Unapplied) || HasTransactions(changed.Applied))
        {
            FollowNonces(changed);
        }

        _pool.DropExpired(changed.Height.Next());
    }

    private static bool HasTransactions(IReadOnlyList<Block> blocks)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Transactions.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private void FollowNonces(MempoolInput.HeadChanged changed)
    {
        var nonces = new Dictionary<AccountAddress, ulong>(_comparer);
        var touched = new List<AccountAddress>();
        Undo(changed.Unapplied, nonces, touched);
        Apply(changed.Applied, nonces, touched);
        foreach (AccountAddress account in touched)
        {
            if (_admission is not null)
            {
                _movedNonces[account] = nonces[account];
            }

            _pool.FollowNonce(account, nonces[account]);
            if (_pool.StandingOf(account) is not null)
            {
                _toRead.Add(account);
            }
        }

        Return(changed.Unapplied);
    }

    /// <summary>Takes transactions back in the order of the chain, so that a sender's come in the order of their nonces.</summary>
    private void Return(IReadOnlyList<Block> unapplied)
    {
        foreach (Block block in unapplied.OrderBy(static block => block.Height))
        {
            foreach (Transaction transaction in block.Transactions)
            {
                if (!_recent.Contains(transaction.Id) && !_pool.Contains(transaction.Id))
                {
                    _undecided.Return(transaction);
                }
            }
        }
    }

    private void Undo(IReadOnlyList<Block> blocks, Dictionary<AccountAddress, ulong> nonces, List<AccountAddress> touched)
    {
        foreach (Block block in blocks)
        {
            foreach (Transaction transaction in block.Transactions)
            {
                _recent.Remove(transaction.Id);
                ulong nonce = transaction.Terms.Nonce;
                if (!nonces.TryGetValue(transaction.Sender, out ulong lowest))
                {
                    touched.Add(transaction.Sender);
                    lowest = nonce;
                }

                nonces[transaction.Sender] = ulong.Min(lowest, nonce);
            }
        }
    }

    private void Apply(IReadOnlyList<Block> blocks, Dictionary<AccountAddress, ulong> nonces, List<AccountAddress> touched)
    {
        foreach (Block block in blocks)
        {
            foreach (Transaction transaction in block.Transactions)
            {
                _recent.Add(transaction.Id);
                _pool.Remove(transaction.Id);
                if (!nonces.ContainsKey(transaction.Sender))
                {
                    touched.Add(transaction.Sender);
                }

                nonces[transaction.Sender] = transaction.Terms.Nonce + 1;
            }
        }
    }

    private void OnEmptied()
    {
        foreach (TransactionId id in _pool.Transactions.Select(static each => each.Id).ToArray())
        {
            _pool.Drop(id, DropReason.Reverted);
        }

        GiveUp(_inAdmission);
        _inAdmission = [];
        _admission = null;
        while (_undecided.Count != 0)
        {
            GiveUp(_undecided.TakeBatch());
        }

        _recent.Clear();
        _movedNonces.Clear();
    }

    private void GiveUp(AdmissionQueue.Offer[] offers)
    {
        foreach (AdmissionQueue.Offer offer in offers)
        {
            _undecided.Forget(offer.Transaction.Id);
            _journal?.Forget(offer.Kept?.Record ?? 0);
            _effects!.Emit(new MempoolEvent.TransactionDropped(offer.Transaction.Id, DropReason.Reverted));
        }
    }

    private void OnCandidatesRefused(MempoolInput.CandidatesRefused refused)
    {
        if (refused.StateRoot != _head?.StateRoot)
        {
            return;
        }

        foreach ((TransactionId id, TransactionRefusal reason) in refused.Refused)
        {
            DropReason because = reason switch
            {
                TransactionRefusal.Expired => DropReason.Expired,
                TransactionRefusal.FeeUnaffordable => DropReason.Unaffordable,
                TransactionRefusal.NonceUsed => DropReason.Conflicted,
                _ => DropReason.Unusable,
            };
            _pool.Drop(id, because);
        }
    }

    private void OnSweep(Instant now)
    {
        _pool.DropOlder(now + -_options.MaxAge);
        _effects!.SetTimer(Sweep, now + _options.SweepInterval);
    }

    /// <summary>Offers what an earlier life kept, as if it came anew, but with the age that it had.</summary>
    private void OnPooledLoaded(PooledLoaded loaded, in StepContext context)
    {
        _loading = null;
        _nextKept = loaded.Next;
        _keptRead += loaded.Found.Count;
        _keptDamaged += loaded.Damaged.Count;
        if (loaded.FirstUnused is { } unused)
        {
            _journal!.StartAt(unused);
        }

        foreach (byte[] key in loaded.Damaged)
        {
            _journal!.Forget(key);
        }

        foreach (KeptTransaction kept in loaded.Found)
        {
            Restore(in kept, in context);
        }

        if (_nextKept is null && _keptRead + _keptDamaged > 0)
        {
            _effects!.Emit(new MempoolEvent.PoolRead(_keptRead, _keptDamaged));
        }
    }

    private void Restore(in KeptTransaction kept, in StepContext context)
    {
        ulong clock = context.WallClock.Milliseconds;
        ulong age = clock > kept.Clock.Milliseconds ? clock - kept.Clock.Milliseconds : 0; // clocks may have been set back
        bool isOld = age >= (ulong)(_options.MaxAge.Ticks / TimeSpan.TicksPerMillisecond);
        TransactionRefusal refusal = isOld ? TransactionRefusal.Expired : CheckCheaply(kept.Transaction);
        if (refusal == TransactionRefusal.None)
        {
            var arrival = new Arrival(context.Now + -TimeSpan.FromMilliseconds((long)age), kept.Clock, kept.Number);
            _undecided.Restore(kept.Transaction, in arrival);
        }
        else
        {
            _journal!.Forget(kept.Number);
            _effects!.Emit(new MempoolEvent.TransactionRefused(kept.Transaction.Id, refusal, null));
        }
    }

    private void OnSave(Instant now)
    {
        _isSaveSet = false;
        WriteBatch batch = _journal!.Take(SavedAtOnce);
        if (!batch.IsEmpty)
        {
            _effects!.Write(batch, Durability.Buffered);
        }

        SetSave(now, new TimeSpan(_options.SaveInterval.Ticks / 10)); // what is left was too much for one step
    }

    private void SetSave(Instant now, TimeSpan wait)
    {
        if (!_isSaveSet && _journal is { HasChanges: true })
        {
            _isSaveSet = true;
            _effects!.SetTimer(Save, now + wait);
        }
    }

    private void OnStopping()
    {
        if (_journal is { HasChanges: true })
        {
            _effects!.Write(_journal.Take(int.MaxValue), Durability.Durable);
        }
    }

    private void OffloadNext()
    {
        if (_head is not { } head)
        {
            return;
        }

        if (_admission is null && _undecided.Count != 0)
        {
            _inAdmission = _undecided.TakeBatch();
            Transaction[] transactions = Array.ConvertAll(_inAdmission, static offer => offer.Transaction);
            _admission = Offload(new AdmitTransactionsJob(_definition, _genesis, head.StateRoot, head.Height, transactions)
            {
                Resident = _states?.Find(head.StateRoot),
                MaxResidentNodes = _states?.MaxNodes ?? 0,
            });
        }

        if (_journal is not null && _loading is null && _nextKept is { } next && !_undecided.HasKept)
        {
            _loading = Offload(new LoadPooledJob(next, int.Max(1, _options.AdmissionBatch / 2), findsLast: next == 0));
        }

        if (_reading is null && _toRead.Count != 0)
        {
            AccountAddress[] accounts = [.. _toRead];
            _toRead.Clear();
            _reading = Offload(new ReadAccountsJob(_definition, head.StateRoot, accounts)
            {
                Resident = _states?.Find(head.StateRoot),
            });
        }
    }

    private JobId Offload(Job job)
    {
        var id = new JobId(++_jobs);
        _effects!.Offload(id, job);
        return id;
    }

    private void Refuse(TransactionId id, TransactionRefusal refusal, ConnectionId? origin)
    {
        if (IsForGood(refusal))
        {
            _recent.Add(id);
        }

        _effects!.Emit(new MempoolEvent.TransactionRefused(id, refusal, origin));
    }

    private readonly record struct Head(BlockHeight Height, Hash256 StateRoot);
}
