using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>All methods.</summary>
internal sealed record MethodsResult(
    [property: Description("Their names.")] IReadOnlyList<string> Methods);
