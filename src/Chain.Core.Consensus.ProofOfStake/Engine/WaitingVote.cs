using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>A vote as it came.</summary>
/// <param name="Vote">The vote.</param>
/// <param name="Payload">The message that it came in, to be passed on as it is.</param>
/// <param name="From">Who sent it.</param>
internal readonly record struct WaitingVote(Vote Vote, ReadOnlyMemory<byte> Payload, ConnectionId From);
