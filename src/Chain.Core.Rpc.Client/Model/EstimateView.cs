namespace Chain.Core.Rpc.Client;

/// <summary>What a transaction takes.</summary>
/// <param name="Block">The block whose state it was tried on.</param>
/// <param name="Cost">What it counts against the budget of a block.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="MinFee">The least fee that the chain takes.</param>
/// <param name="NextNonce">The nonce that the sender's next transaction must carry.</param>
/// <param name="Receipt">What would become of its call.</param>
public sealed record EstimateView(BlockPlace Block, ulong Cost, int Bytes, ulong MinFee, ulong NextNonce, ReceiptView Receipt);
