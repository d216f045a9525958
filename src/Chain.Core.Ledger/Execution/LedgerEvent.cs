namespace Chain.Core.Ledger;

/// <summary>Something that a call reports to the outside. It is no part of the state.</summary>
/// <param name="Module">The module that reports it.</param>
/// <param name="Name">Which kind of event of this module.</param>
/// <param name="Content">Encoded as the module says.</param>
public sealed record LedgerEvent(string Module, string Name, ReadOnlyMemory<byte> Content);
