using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Wire;

/// <summary>The figures of Chain.Core.Wire.</summary>
internal static class WireRatios
{
    private const string Attributes = "MessagePack-CSharp, attributes, the same fields, trusted data";

    public static IReadOnlyList<RatioCase> All { get; } =
    [
        new()
        {
            Name = "tx-encode",
            Peer = Attributes + ", both into a buffer that is kept",
            Unit = "transactions",
            UnitsPerCall = WireContests.Transactions,
            Target = RatioTarget.AtLeast(5),
            Prepare = WireContests.Encode,
        },
        new()
        {
            Name = "tx-decode",
            Peer = Attributes,
            Unit = "transactions",
            UnitsPerCall = WireContests.Transactions,
            Target = RatioTarget.AtLeast(2),
            Prepare = WireContests.Decode,
        },
        new()
        {
            Name = "block-decode-1MB",
            Peer = Attributes,
            Unit = "blocks",
            UnitsPerCall = 1,
            Target = RatioTarget.AtLeast(2),
            Prepare = WireContests.DecodeBlock,
        },
    ];
}
