namespace Chain.Core.Ledger;

/// <summary>What changes in one module.</summary>
/// <param name="Module">Name of the module.</param>
/// <param name="Changes">The keys that change, each once.</param>
public sealed record ModuleChanges(string Module, IReadOnlyList<StateChange> Changes);
