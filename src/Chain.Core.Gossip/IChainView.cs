using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>What <see cref="GossipMachine"/> may read of the chain above it: from memory, at once, without effects.</summary>
public interface IChainView
{
    /// <summary>
    /// Headers of the head's chain, ascending, after the first id of <paramref name="locator"/> that is on it, or
    /// after genesis where none is. Empty at the head.
    /// </summary>
    /// <param name="locator">Ids of anybody's choosing, at most <see cref="WireLimits.LocatorIds"/>.</param>
    /// <param name="max">Most headers to return.</param>
    IReadOnlyList<BlockHeader> HeadersAfter(IReadOnlyList<BlockId> locator, int max);

    /// <summary>Whether the header of the block is in the block tree, on whatever branch.</summary>
    bool KnowsHeader(BlockId id);

    /// <summary>Whether the whole block can be loaded.</summary>
    bool HasBlock(BlockId id);

    /// <summary>Whether the transaction need not be fetched: pooled, or lately included or refused.</summary>
    bool KnowsTransaction(TransactionId id);

    /// <summary>
    /// Transactions that a new block is likely to hold: pooled, or being checked. In an order that follows from what the node
    /// was told alone; not kept beyond the step.
    /// </summary>
    IEnumerable<Transaction> WaitingTransactions { get; }

    /// <summary>A transaction that is pooled.</summary>
    bool TryGetTransaction(TransactionId id, [NotNullWhen(true)] out Transaction? transaction);
}
