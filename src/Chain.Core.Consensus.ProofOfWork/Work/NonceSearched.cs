using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>The result of a <see cref="NonceSearchJob"/>.</summary>
/// <param name="Nonce">The first nonce of the slice that meets the target; null where none does.</param>
/// <param name="Tried">How many nonces were tried.</param>
public sealed record NonceSearched(ulong? Nonce, ulong Tried) : JobResult;
