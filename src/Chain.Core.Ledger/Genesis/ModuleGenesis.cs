namespace Chain.Core.Ledger;

/// <summary>What one module begins with.</summary>
/// <param name="Module">Name of the module.</param>
/// <param name="Data">Encoded as the module says, for example <see cref="TokenModule.GenesisData"/>.</param>
public sealed record ModuleGenesis(string Module, ReadOnlyMemory<byte> Data);
