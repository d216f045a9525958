namespace Chain.Core.Consensus;

/// <summary>Two final blocks of one height: at least a third of the stake broke the rules.</summary>
/// <param name="One">One of them, with its certificate.</param>
/// <param name="Other">The other.</param>
/// <param name="Offences">Proofs that the certificates alone contain, for the chain to punish; full nodes may have more.</param>
public sealed record LightFork(LightBlock One, LightBlock Other, IReadOnlyList<ReadOnlyMemory<byte>> Offences);
