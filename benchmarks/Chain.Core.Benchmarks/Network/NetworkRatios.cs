using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Network;

/// <summary>The figures of transport, gossip and whole nodes: CPU time of all threads, both ends included.</summary>
internal static class NetworkRatios
{
    public static IReadOnlyList<RatioCase> All { get; } =
    [
        new()
        {
            Name = "wire-200B-encrypted",
            Peer = "one ChaCha20-Poly1305 frame a message",
            Unit = "messages",
            UnitsPerCall = WireContest.Messages,
            Target = RatioTarget.AtLeast(3),
            WholeProcess = true,
            Prepare = WireContest.Prepare,
        },
        new()
        {
            Name = "gossip-deliver",
            Peer = "our many-at-once verification alone",
            Unit = "deliveries",
            UnitsPerCall = GossipContest.Deliveries,
            Target = RatioTarget.AtLeast(0.4),
            WholeProcess = true,
            Prepare = GossipContest.PrepareMessages,
        },
        new()
        {
            Name = "gossip-admit",
            Peer = "our many-at-once verification alone",
            Unit = "admissions",
            UnitsPerCall = GossipContest.Deliveries,
            Target = RatioTarget.AtLeast(0.4),
            WholeProcess = true,
            Prepare = GossipContest.PrepareNodes,
        },
        new()
        {
            Name = "timer-lateness",
            Peer = "20 ms, for 999 of 1,000 deadlines under full network load",
            Unit = "microseconds",
            UnitsPerCall = 1,
            Target = RatioTarget.AtMost(1),
            IsSlow = true,
            Prepare = LatenessContest.Prepare,
        },
        new()
        {
            Name = "relay-flooded-p99",
            Peer = "the same over the same nodes while nobody floods the one between",
            Unit = "microseconds",
            UnitsPerCall = 1,
            Target = RatioTarget.AtMost(2),
            IsSlow = true,
            Prepare = static () => AttackedRelay.Prepare(Attack.Flood),
        },
        new()
        {
            Name = "relay-slow-peers-p99",
            Peer = "the same over the same nodes without idle, slow and deaf peers of the one between",
            Unit = "microseconds",
            UnitsPerCall = 1,
            Target = RatioTarget.AtMost(2),
            IsSlow = true,
            Prepare = static () => AttackedRelay.Prepare(Attack.Slow),
        },
        new()
        {
            Name = "node-throughput",
            Peer = "libsodium (NSec) checking each transaction four times",
            Unit = "transactions",
            UnitsPerCall = ThroughputContest.Transactions,
            Target = RatioTarget.AtLeast(0.8),
            WholeProcess = true,
            Prepare = ThroughputContest.Prepare,
        },
    ];
}
