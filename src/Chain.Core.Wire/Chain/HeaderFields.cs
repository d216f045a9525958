using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>A header without its seal.</summary>
/// <param name="Version">Version of the header's rules.</param>
/// <param name="Height">Height of the block.</param>
/// <param name="Parent">The block before this one.</param>
/// <param name="Time">When the proposer says that it made the block.</param>
/// <param name="TransactionsRoot">RFC 6962 root over the transaction ids of the block.</param>
/// <param name="StateRoot">Root of the state <em>after</em> the block.</param>
/// <param name="HistoryRoot">Root of the Merkle mountain range over all earlier headers with their weights.</param>
public readonly record struct HeaderFields(
    uint Version,
    BlockHeight Height,
    BlockId Parent,
    UnixTime Time,
    Hash256 TransactionsRoot,
    Hash256 StateRoot,
    Hash256 HistoryRoot);
