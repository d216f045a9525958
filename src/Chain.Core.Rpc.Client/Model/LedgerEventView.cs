namespace Chain.Core.Rpc.Client;

/// <summary>What a module told while a transaction was executed.</summary>
/// <param name="Module">The module.</param>
/// <param name="Name">The name of the event.</param>
/// <param name="Content">The canonical content.</param>
public sealed record LedgerEventView(string Module, string Name, ReadOnlyMemory<byte> Content);
