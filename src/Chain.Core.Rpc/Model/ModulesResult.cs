using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>What the chain's modules declare.</summary>
internal sealed record ModulesResult(
    [property: Description("Each module, in the order of the state root.")] IReadOnlyList<ModuleResult> Modules);
