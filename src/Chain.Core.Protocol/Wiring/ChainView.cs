using System.Diagnostics.CodeAnalysis;
using Chain.Core.Gossip;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>What gossip may read of the chain service and the mempool.</summary>
internal sealed class ChainView(ChainService chain, Mempool mempool) : IChainView
{
    public IReadOnlyList<BlockHeader> HeadersAfter(IReadOnlyList<BlockId> locator, int max) =>
        chain.Tree.HeadersAfter(locator, max);

    public bool KnowsHeader(BlockId id) => chain.Tree.TryGet(id, out _);

    public bool HasBlock(BlockId id) => chain.HasBody(id);

    public bool KnowsTransaction(TransactionId id) => mempool.Knows(id);

    public IEnumerable<Transaction> WaitingTransactions => mempool.Transactions.Concat(mempool.Undecided);

    public bool TryGetTransaction(TransactionId id, [NotNullWhen(true)] out Transaction? transaction) =>
        mempool.TryGet(id, out transaction);
}
