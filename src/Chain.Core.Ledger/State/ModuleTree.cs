namespace Chain.Core.Ledger;

/// <summary>The tree of one module.</summary>
internal readonly record struct ModuleTree(string Name, StateTree Tree);
