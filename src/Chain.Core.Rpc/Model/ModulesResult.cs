using System.ComponentModel;
using Chain.Core.Ledger;

namespace Chain.Core.Rpc;

/// <summary>What the chain's modules declare.</summary>
internal sealed record ModulesResult(
    [property: Description("Each module, in the order of the state root.")] IReadOnlyList<ModuleResult> Modules);

/// <summary>What a module declares.</summary>
internal sealed record ModuleResult(
    [property: Description("Its name.")] string Name,
    [property: Description("What transactions can call, with the shape of the arguments.")] IReadOnlyList<FieldResult> Methods,
    [property: Description("What calls report, with the shape of the content.")] IReadOnlyList<FieldResult> Events,
    [property: Description("The maps of its state.")] IReadOnlyList<MapResult> Maps,
    [property: Description("The single values of its state.")] IReadOnlyList<FieldResult> Values);

/// <summary>A name and what stands under it.</summary>
internal sealed record FieldResult(
    [property: Description("Its name.")] string Name,
    [property: Description("What the canonical bytes hold.")] ValueShape Shape);

/// <summary>A map of a module's state.</summary>
internal sealed record MapResult(
    [property: Description("Its name.")] string Name,
    [property: Description("What the keys hold.")] ValueShape Key,
    [property: Description("What the values hold.")] ValueShape Value);
