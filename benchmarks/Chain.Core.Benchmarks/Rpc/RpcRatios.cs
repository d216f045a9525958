using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Rpc;

/// <summary>The figures of the RPC server: of reads the CPU time of all threads, the client's included, which is the same for both sides.</summary>
internal static class RpcRatios
{
    public static IReadOnlyList<RatioCase> All { get; } =
    [
        new()
        {
            Name = "rpc-reads",
            Peer = "ASP.NET minimal API that has the same bytes in memory",
            Unit = "reads",
            UnitsPerCall = ReadContest.Reads,
            Target = RatioTarget.AtLeast(0.7),
            WholeProcess = true,
            WarmUpSeconds = 8,
            Prepare = ReadContest.Prepare,
        },
        new()
        {
            Name = "rpc-event-subscribers",
            Peer = "32 KiB for each of 1,000 idle and 100 reading subscribers, no event lost",
            Unit = "bytes",
            UnitsPerCall = 1,
            Target = RatioTarget.AtMost(1),
            IsSlow = true,
            Prepare = SubscriberLoad.Prepare,
        },
        new()
        {
            Name = "first-block",
            Peer = "3 s from the start of the process",
            Unit = "milliseconds",
            UnitsPerCall = 1,
            Target = RatioTarget.AtMost(1),
            IsSlow = true,
            Prepare = FirstBlock.Prepare,
        },
    ];
}
