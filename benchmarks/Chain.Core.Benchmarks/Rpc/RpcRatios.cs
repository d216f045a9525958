using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Rpc;

/// <summary>The figures of the RPC server: CPU time of all threads, the client's included, which is the same for both sides.</summary>
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
            Prepare = ReadContest.Prepare,
        },
    ];
}
