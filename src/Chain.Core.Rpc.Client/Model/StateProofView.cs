using Chain.Core.Crypto;

namespace Chain.Core.Rpc.Client;

/// <summary>The value of a key in the state, with a proof that is not checked yet.</summary>
/// <param name="Block">The block after which the state is meant.</param>
/// <param name="StateRoot">The root that the proof is said to lead to.</param>
/// <param name="Value">The value; null where the key is not set.</param>
/// <param name="Proof">The canonical proof.</param>
public sealed record StateProofView(BlockPlace Block, Hash256 StateRoot, ReadOnlyMemory<byte>? Value, ReadOnlyMemory<byte> Proof);
