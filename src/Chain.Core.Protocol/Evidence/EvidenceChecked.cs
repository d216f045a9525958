using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>What <see cref="CheckEvidenceJob"/> found.</summary>
/// <param name="Height">The height of the state.</param>
/// <param name="Proofs">What was asked about.</param>
/// <param name="Settled">For each of them, whether nothing is left to report.</param>
/// <param name="NextNonce">The nonce of the reporter's next transaction.</param>
internal sealed record EvidenceChecked(
    BlockHeight Height, IReadOnlyList<ReadOnlyMemory<byte>> Proofs, IReadOnlyList<bool> Settled, ulong NextNonce) : JobResult;
