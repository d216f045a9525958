using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Storage;

/// <summary>The figures of the state on disk.</summary>
internal static class StorageRatios
{
    public static IReadOnlyList<RatioCase> All { get; } = [];
}
