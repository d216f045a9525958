namespace Chain.Core.Ledger;

/// <summary>What a module declares, each kind in the order of declaration.</summary>
/// <param name="Name">The name of the module.</param>
/// <param name="Methods">What transactions can call, with the shape of the arguments.</param>
/// <param name="Events">What calls report, with the shape of the content.</param>
/// <param name="Maps">The maps of the state, with the shapes of key and value.</param>
/// <param name="Values">The single values of the state.</param>
public sealed record ModuleDescription(
    string Name,
    IReadOnlyList<ValueField> Methods,
    IReadOnlyList<ValueField> Events,
    IReadOnlyList<MapDescription> Maps,
    IReadOnlyList<ValueField> Values);
