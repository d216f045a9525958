namespace Chain.Core.Fuzz;

/// <summary>Every target by its name.</summary>
internal static class TargetCatalog
{
    /// <summary>No target takes longer inputs.</summary>
    public const int MaxInputLength = 1 << 16;

    private static readonly SortedDictionary<string, Func<FuzzTarget>> Factories = Collect();

    public static IEnumerable<string> Names => Factories.Keys;

    /// <summary>The names that one of the patterns means; all without patterns.</summary>
    public static IReadOnlyList<string> Select(IReadOnlyList<string> patterns) =>
        [.. Names.Where(name => patterns.Count == 0 || patterns.Any(pattern => Matches(name, pattern)))];

    public static FuzzTarget Create(string name) => Factories[name]();

    private static bool Matches(string name, string pattern) => pattern.EndsWith('*')
        ? name.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : name == pattern;

    private static SortedDictionary<string, Func<FuzzTarget>> Collect()
    {
        var factories = new SortedDictionary<string, Func<FuzzTarget>>(StringComparer.Ordinal);
        SignatureTargets.AddTo(factories);
        CurveTargets.AddTo(factories);
        NoiseTargets.AddTo(factories);
        MerkleTargets.AddTo(factories);
        KeyTargets.AddTo(factories);
        WireTargets.AddTo(factories);
        LedgerTargets.AddTo(factories);
        RecordTargets.AddTo(factories);
        ProofOfStakeTargets.AddTo(factories);
        PeerTargets.AddTo(factories);
        return factories;
    }
}
