namespace Chain.Core.Ledger;

/// <summary>What changes in one module, with the places of the keys.</summary>
/// <param name="Module">Its place in the order of the state root.</param>
/// <param name="Changes">The keys that change, each once.</param>
internal readonly record struct KeyedModuleChanges(int Module, KeyedChange[] Changes);
