using Chain.Core.Benchmarks.Network;
using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>The figures of proof of stake.</summary>
internal static class ProofOfStakeRatios
{
    public static IReadOnlyList<RatioCase> All { get; } =
    [
        new()
        {
            Name = "pos-finality-sim",
            Peer = "three message delays",
            Unit = "simulated seconds",
            UnitsPerCall = 1,
            Target = RatioTarget.AtMost(1.02),
            Prepare = SimulatedDelays.PrepareFinality,
        },
        new()
        {
            Name = "pos-block-time-sim",
            Peer = "two message delays",
            Unit = "simulated seconds",
            UnitsPerCall = 1,
            Target = RatioTarget.AtMost(1.02),
            Prepare = SimulatedDelays.PrepareBlockTime,
        },
        new()
        {
            Name = "pos-finality-loopback",
            Peer = "three message delays, as measured by pings beside it",
            Unit = "microseconds",
            UnitsPerCall = 1,
            Target = RatioTarget.AtMost(3),
            IsSlow = true,
            Prepare = LoopbackFinality.Prepare,
        },
        new()
        {
            Name = "pos-step",
            Peer = "a million a second",
            Unit = "votes",
            UnitsPerCall = VoteSteps.Votes,
            Target = RatioTarget.AtMost(1),
            Required = 1_000_000,
            Prepare = VoteSteps.Prepare,
        },
        new()
        {
            Name = "pos-100-validators",
            Peer = "verifying a block's votes once, both quorums",
            Unit = "blocks at a validator",
            UnitsPerCall = HundredValidators.Blocks,
            Target = RatioTarget.AtMost(1.5),
            Prepare = HundredValidators.PrepareQuorums,
        },
        new()
        {
            Name = "pos-100-validators-all-votes",
            Peer = "verifying once all votes of a block that arrive, though late ones are passed over here",
            Unit = "blocks at a validator",
            UnitsPerCall = HundredValidators.Blocks,
            Target = RatioTarget.AtMost(1.5),
            Prepare = HundredValidators.PrepareAllVotes,
        },
        new()
        {
            Name = "pos-throughput",
            Peer = "libsodium (NSec) checking each transaction four times",
            Unit = "transactions",
            UnitsPerCall = ThroughputContest.Transactions,
            Target = RatioTarget.AtLeast(0.8),
            WholeProcess = true,
            Prepare = StakeThroughputContest.Prepare,
        },
    ];
}
