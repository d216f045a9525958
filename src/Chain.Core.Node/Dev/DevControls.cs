using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core;

/// <summary>
/// What the operator of a dev chain may do beside what everybody may: say when blocks are made and which time they carry,
/// go back to an earlier block, give coins away. All members may be called from any thread.
/// </summary>
public sealed class DevControls
{
    /// <summary>Most snapshots that are kept; the oldest is forgotten for a new one.</summary>
    public const int MaxSnapshots = 256;

    /// <summary>Most transactions that may wait while a snapshot is taken.</summary>
    public const int MaxPending = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ChainNode _node;
    private readonly DevAccount? _faucet;
    private readonly SortedList<ulong, DevSnapshot> _snapshots = [];
    private ulong _taken;
    private int _busy;

    internal DevControls(ChainNode node, ISigner? faucet)
    {
        _node = node;
        if (faucet is not null)
        {
            // Two that count the nonces of one account would be in each other's way.
            var account = new DevAccount(node, "faucet", faucet);
            _faucet = node.DevAccounts.FirstOrDefault(each => each.Address == account.Address) ?? account;
        }
    }

    /// <summary>Makes a block at once, empty or not.</summary>
    public ValueTask SealAsync(CancellationToken cancellation = default) => TellAsync(new DevCommand.Seal(), cancellation);

    /// <summary>From now on a block is made as soon as a transaction waits, and at no other time.</summary>
    public ValueTask SealInstantlyAsync(CancellationToken cancellation = default) => TellAsync(new DevCommand.SealInstantly(), cancellation);

    /// <summary>From now on a block is made by <see cref="SealAsync"/> alone.</summary>
    public ValueTask SealManuallyAsync(CancellationToken cancellation = default) => TellAsync(new DevCommand.SealManually(), cancellation);

    /// <summary>From now on a block is made on an interval of the wall clock, whether transactions wait or not.</summary>
    /// <param name="interval">From 10 milliseconds to a day.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public ValueTask SealEveryAsync(TimeSpan interval, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, DevCommand.ShortestInterval);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, DevCommand.LongestInterval);
        return TellAsync(new DevCommand.SealEvery(interval), cancellation);
    }

    /// <summary>Has the chain's clock run ahead: the times of all later blocks are so much later.</summary>
    /// <param name="by">At least a millisecond; what is beyond whole milliseconds is cut off.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or it leads beyond the year 9999.</exception>
    public ValueTask AdvanceTimeAsync(TimeSpan by, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.FromMilliseconds(1));
        double end = _node.Head.Time.Milliseconds + by.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, DevCommand.LastTime.Milliseconds, nameof(by));
        return TellAsync(new DevCommand.AdvanceTime(by), cancellation);
    }

    /// <summary>Gives the next block exactly this time, and has the chain's clock run on from there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not after the head's time, or beyond the year 9999.</exception>
    public ValueTask SetNextTimeAsync(UnixTime time, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time.Milliseconds, _node.Head.Time.Milliseconds, nameof(time));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time.Milliseconds, DevCommand.LastTime.Milliseconds, nameof(time));
        return TellAsync(new DevCommand.SetNextTime(time), cancellation);
    }

    /// <summary>Remembers the head and what waits for a block, to go back to it.</summary>
    /// <exception cref="InvalidOperationException">More than <see cref="MaxPending"/> transactions wait, or another call is under way.</exception>
    public async Task<DevSnapshot> TakeSnapshotAsync(CancellationToken cancellation = default)
    {
        Enter();
        try
        {
            (BlockHeader head, int count, IReadOnlyList<Transaction> pending) = await _node.AskAsync(
                static (node, _) => (node.Head, node.MempoolCount, node.PendingTransactions(MaxPending)), cancellation).ConfigureAwait(false);
            if (count > MaxPending)
            {
                throw new InvalidOperationException($"{count} transactions wait, and a snapshot keeps at most {MaxPending}.");
            }

            var snapshot = new DevSnapshot(++_taken, head, pending);
            if (_snapshots.Count == MaxSnapshots)
            {
                _snapshots.RemoveAt(0);
            }

            _snapshots.Add(snapshot.Number, snapshot);
            return snapshot;
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>
    /// Goes back to a snapshot: the head, the state and what waited are those of then. Later blocks are forgotten, their
    /// transactions do not come back, snapshots of these blocks are gone, and subscribers hear that the blocks were
    /// removed. The snapshot itself can be used again.
    /// </summary>
    /// <remarks>The chain's clock then stands at the head's time or at the wall clock, whichever is later.</remarks>
    /// <returns>False where there is no such snapshot (any more).</returns>
    /// <exception cref="InvalidOperationException">
    /// The node has peers, which would bring the blocks back; or the state of then is not kept any more; or another call
    /// is under way.
    /// </exception>
    public async Task<bool> RevertAsync(ulong snapshot, CancellationToken cancellation = default)
    {
        Enter();
        try
        {
            if (!_snapshots.TryGetValue(snapshot, out DevSnapshot? found))
            {
                return false;
            }

            await GoBackAsync(found.Head, cancellation).ConfigureAwait(false);
            foreach (Transaction transaction in found.Pending)
            {
                await _node.SubmitAsync(transaction, cancellation).ConfigureAwait(false);
            }

            return true;
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>The same for any block of the chain; nothing waits for a block after it.</summary>
    /// <inheritdoc cref="RevertAsync" path="/exception"/>
    /// <exception cref="ArgumentException">The block is not on the chain.</exception>
    public async Task RevertToAsync(BlockHeader block, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(block);
        Enter();
        try
        {
            await GoBackAsync(block, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>Hands in a transfer from the faucet's account; which block takes it, the sealing says.</summary>
    /// <param name="to">Who gets the coins.</param>
    /// <param name="amount">How many.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The transfer, which waits in the mempool.</returns>
    /// <exception cref="InvalidOperationException">The node has no faucet, or the faucet has not so much.</exception>
    /// <exception cref="TransactionRefusedException">The mempool did not take the transfer.</exception>
    public async Task<TransactionId> FundAsync(AccountAddress to, ulong amount, CancellationToken cancellation = default)
    {
        DevAccount faucet = _faucet ?? throw new InvalidOperationException("This node has no faucet.");
        ulong left = await _node.BalanceAsync(faucet.Address).ConfigureAwait(false);
        if (left < amount)
        {
            throw new InvalidOperationException($"The faucet has {left} coins left.");
        }

        Transaction transfer = faucet.Transfer(to, amount);
        var verdict = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = _node.Subscribe(happened => Hear(happened, transfer.Id, verdict));
        await _node.SubmitAsync(transfer, cancellation).ConfigureAwait(false);
        if (await verdict.Task.WaitAsync(Patience, cancellation).ConfigureAwait(false) is { } refusal)
        {
            faucet.Recount();
            throw new TransactionRefusedException(refusal);
        }

        return transfer.Id;
    }

    internal static bool Has(ChainNodeOptions options) => options.Chain.Consensus is DevConsensus && options.Engine.ProducesBlocks;

    private static void Hear(NodeEvent happened, TransactionId id, TaskCompletionSource<string?> verdict)
    {
        switch (happened)
        {
            case NodeEvent.TransactionAdmitted admitted when admitted.Id == id:
                verdict.TrySetResult(null);
                break;
            case NodeEvent.TransactionRefused refused when refused.Id == id:
                verdict.TrySetResult(refused.Reason);
                break;
        }
    }

    /// <summary>One at a time: a snapshot that is taken while the chain goes back would be of neither.</summary>
    private void Enter()
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException("Another snapshot or way back is being made.");
        }
    }

    private async Task GoBackAsync(BlockHeader block, CancellationToken cancellation)
    {
        RequireReach(block);
        var moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = _node.Subscribe(happened =>
        {
            if (happened is NodeEvent.HeadMoved { Applied.Count: 0 } back && back.Head.Id == block.Id)
            {
                moved.TrySetResult();
            }
        });
        await TellAsync(new DevCommand.RevertTo(block.Id), cancellation).ConfigureAwait(false);
        await Task.WhenAny(moved.Task, _node.Stopped).WaitAsync(Patience, cancellation).ConfigureAwait(false);
        foreach (DevAccount account in _faucet is null ? _node.DevAccounts : _node.DevAccounts.Append(_faucet))
        {
            account.Recount();
        }

        while (_snapshots.Count > 0 && _snapshots.Values[^1].Head.Height > block.Height)
        {
            _snapshots.RemoveAt(_snapshots.Count - 1);
        }
    }

    private void RequireReach(BlockHeader block)
    {
        if (_node.PeerCount > 0)
        {
            throw new InvalidOperationException("The node has peers, which would bring the blocks back.");
        }

        (bool isOnChain, bool isKept) = _node.Read(chain => (chain.IsOnChain(block), chain.TryOpenState(block, out _)));
        if (!isOnChain)
        {
            throw new ArgumentException($"Block #{block.Height} {block.Id} is not on the chain.", nameof(block));
        }

        if (!isKept)
        {
            throw new InvalidOperationException($"The state after block #{block.Height} is not kept any more.");
        }
    }

    private ValueTask TellAsync(DevCommand command, CancellationToken cancellation) => _node.CommandAsync(command.ToText(), cancellation);
}
