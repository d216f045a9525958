using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>A block as a light client is given it, by anybody.</summary>
/// <param name="Header">The header.</param>
/// <param name="Certificate">What is said to make it final.</param>
/// <param name="Validators">Who is said to vote in its epoch.</param>
public sealed record LightBlock(BlockHeader Header, ReadOnlyMemory<byte> Certificate, ValidatorSet Validators);
