using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core;

/// <content>What can be asked of the past.</content>
public sealed partial class ChainNode
{
    /// <summary>Reads the state after the block of the head's chain at a height; what <paramref name="query"/> returns must not hold on to the state.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The height is above the head.</exception>
    /// <exception cref="StateUnavailableException">
    /// The state is older than <see cref="ChainNodeOptions.StateWindow"/> and was deleted. A node whose window is 0 keeps all.
    /// </exception>
    public T QueryAt<T>(BlockHeight height, Func<BlockHeader, ChainState, T> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        using IKeyValueSnapshot snapshot = _options.Store.CreateSnapshot();
        if (!ChainRecords.TryReadOnChain(snapshot, height, out BlockId id))
        {
            throw new ArgumentOutOfRangeException(nameof(height), $"The chain has no block #{height} yet.");
        }

        KeptStates kept = ChainRecords.ReadKeptStates(snapshot);
        if (height < kept.Reach)
        {
            throw new StateUnavailableException(
                $"The state after block #{height} is not kept any more: states are kept from block #{kept.Reach} on. "
                + $"A node that is to answer for older ones needs a larger {nameof(ChainNodeOptions.StateWindow)}.");
        }

        Block block = BlockOf(snapshot, id);
        return query(block.Header, ChainState.Open(snapshot, block.Header.Fields.StateRoot));
    }

    /// <summary>Where the head's chain has a transaction, and what came of it; null where it is in none of its blocks.</summary>
    /// <remarks>
    /// While a node that had no index before indexes the blocks it has (<see cref="IsTransactionIndexComplete"/>), a
    /// transaction of one of these may not be found yet.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The node keeps no index: see <see cref="ChainNodeOptions.IndexesTransactions"/>.</exception>
    public FoundTransaction? FindTransaction(TransactionId id)
    {
        RequireIndex();
        using IKeyValueSnapshot snapshot = _options.Store.CreateSnapshot();
        if (!TransactionIndex.TryFind(snapshot, id, out IndexedTransaction place))
        {
            return null;
        }

        Block block = BlockOf(snapshot, place.Block);
        bool fits = place.Position >= 0 && place.Position < block.Transactions.Count && block.Transactions[place.Position].Id == id;
        return fits && BlockReceipts.TryRead(snapshot, place.Block, out IReadOnlyList<Receipt>? receipts)
            ? new FoundTransaction(block.Transactions[place.Position], place.Block, place.Height, place.Position, receipts[place.Position])
            : throw new StorageException($"The index says that transaction {id} is in block {place.Block}, and it is not.");
    }

    /// <summary>Whether every stored block is indexed.</summary>
    /// <inheritdoc cref="FindTransaction" path="/exception"/>
    public bool IsTransactionIndexComplete
    {
        get
        {
            RequireIndex();
            return ChainRecords.TryReadIndexed(_options.Store, out BlockHeight next) && next.Value == ulong.MaxValue;
        }
    }

    private static Block BlockOf(IKeyValueReader snapshot, BlockId id) => ChainRecords.TryReadBlock(snapshot, id, out Block? block)
        ? block
        : throw new StorageException($"The block {id} of the head's chain is missing.");

    private void RequireIndex()
    {
        if (!_options.IndexesTransactions)
        {
            throw new InvalidOperationException(
                $"This node keeps no index of transactions: set {nameof(ChainNodeOptions)}.{nameof(ChainNodeOptions.IndexesTransactions)}.");
        }
    }
}
