using System.Collections.Immutable;

namespace Chain.Core.Analyzers;

/// <summary>How the code can be put right, for the code fix to do: it travels with the diagnostic.</summary>
internal sealed class Repair(string kind, string value)
{
    /// <summary>Append an argument, a member such as <c>System.StringComparison.Ordinal</c>.</summary>
    public const string Argument = "argument";

    /// <summary>Call a method of another name.</summary>
    public const string Rename = "rename";

    /// <summary>Replace the expression by a member.</summary>
    public const string Replace = "replace";

    /// <summary>Format an interpolated string with the invariant culture.</summary>
    public const string Interpolation = "interpolation";

    /// <summary>Sort what is enumerated: by the key of pairs, or as it is; by ordinal order where the value says so.</summary>
    public const string SortPairs = "sort-pairs", Sort = "sort";

    /// <summary>Take the time of the block, as a <c>DateTime</c> or a <c>DateTimeOffset</c>.</summary>
    public const string BlockTime = "block-time";

    private const string KindKey = "repair", ValueKey = "value";

    public string Kind { get; } = kind;

    public string Value { get; } = value;

    public static Repair? From(ImmutableDictionary<string, string?> properties) =>
        properties.TryGetValue(KindKey, out string? kind) && properties.TryGetValue(ValueKey, out string? value)
            ? new Repair(kind ?? "", value ?? "")
            : null;

    public ImmutableDictionary<string, string?> ToProperties() =>
        ImmutableDictionary<string, string?>.Empty.Add(KindKey, Kind).Add(ValueKey, Value);
}
