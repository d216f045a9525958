namespace Chain.Core.Rpc.Client;

/// <summary>The value of a key in the state, as the server says.</summary>
/// <param name="Block">The block after which the state is meant.</param>
/// <param name="Value">The value; null where the key is not set.</param>
public sealed record StateValueView(BlockPlace Block, ReadOnlyMemory<byte>? Value);
