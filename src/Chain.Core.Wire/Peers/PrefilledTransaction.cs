namespace Chain.Core.Wire;

/// <summary>A transaction that a <see cref="PeerMessage.CompactBlock"/> holds whole.</summary>
/// <param name="Index">Its place in the block.</param>
/// <param name="Transaction">The transaction.</param>
public readonly record struct PrefilledTransaction(int Index, Transaction Transaction);
