using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>Where a transaction is: in a block of the head's chain, or in the mempool.</summary>
/// <param name="Included">The block and what came of it.</param>
/// <param name="IsFinal">Whether that block is.</param>
/// <param name="Waiting">The transaction, while it waits.</param>
internal sealed record TransactionWhereabouts(FoundTransaction? Included, bool IsFinal, Transaction? Waiting)
{
    /// <summary>The word for it in results.</summary>
    public string Status => Included is null ? "pending" : IsFinal ? "finalized" : "inBlock";

    /// <summary>The block that has it.</summary>
    public BlockPlace? Block => Included is { } found ? new BlockPlace(found.Height, found.Block) : null;

    /// <summary>Looks on the chain, in the mempool, and on the chain again: it may have moved from the one into the other between two looks.</summary>
    /// <returns>Null where it is in neither, or in a block of a node without an index.</returns>
    public static async ValueTask<TransactionWhereabouts?> FindAsync(ChainNode node, TransactionId id, CancellationToken cancellation)
    {
        if (node.Read(LookOnChain) is { } included)
        {
            return included;
        }

        return await node.FindPendingAsync(id, cancellation).ConfigureAwait(false) is { } waiting
            ? new TransactionWhereabouts(null, IsFinal: false, waiting)
            : node.Read(LookOnChain);

        TransactionWhereabouts? LookOnChain(ChainSnapshot chain) => chain.IsIndexed && chain.FindTransaction(id) is { } found
            ? new TransactionWhereabouts(found, found.Height <= chain.Finalized.Height, null)
            : null;
    }
}
