namespace Chain.Core.Rpc.Client;

/// <summary>What would become of a transaction in the next block.</summary>
/// <param name="Block">The block whose state it was tried on.</param>
/// <param name="Receipt">What would become of it.</param>
public sealed record SimulationView(BlockPlace Block, ReceiptView Receipt);
