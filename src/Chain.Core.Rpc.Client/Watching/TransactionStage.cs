namespace Chain.Core.Rpc.Client;

/// <summary>Where a transaction is on its way.</summary>
public enum TransactionStage
{
    /// <summary>It waits in the mempool.</summary>
    Pending,

    /// <summary>A block of the head's chain has it.</summary>
    InBlock,

    /// <summary>The block that had it left the chain; it mostly waits again.</summary>
    Reorged,

    /// <summary>Its block can never be undone. Nothing follows.</summary>
    Finalized,

    /// <summary>The mempool has dropped it. Nothing follows.</summary>
    Refused,
}
