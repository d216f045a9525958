using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>Whether the node is ready.</summary>
internal sealed record HealthResult(
    [property: Description("ready, live or dead.")] string Status,
    [property: Description("Why it is not ready, each in one line.")] IReadOnlyList<string> Reasons);
