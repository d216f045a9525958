using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>What a module declares.</summary>
internal sealed record ModuleResult(
    [property: Description("Its name.")] string Name,
    [property: Description("What transactions can call, with the shape of the arguments.")] IReadOnlyList<FieldResult> Methods,
    [property: Description("What calls report, with the shape of the content.")] IReadOnlyList<FieldResult> Events,
    [property: Description("The maps of its state.")] IReadOnlyList<MapResult> Maps,
    [property: Description("The single values of its state.")] IReadOnlyList<FieldResult> Values);
