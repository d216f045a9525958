namespace Chain.Core.Rpc.Client;

/// <summary>An account.</summary>
/// <param name="Block">The block after which the state is meant.</param>
/// <param name="NextNonce">The nonce that its next transaction must carry.</param>
/// <param name="Balance">What it has in the chain's own coin; null where the chain has none.</param>
public sealed record AccountView(BlockPlace Block, ulong NextNonce, ulong? Balance);
