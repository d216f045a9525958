using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>What a transaction takes.</summary>
internal sealed record EstimateResult(
    [property: Description("The block whose state it was tried on.")] BlockPlace Block,
    [property: Description("What it counts against the budget of a block.")] ulong Cost,
    [property: Description("Its length.")] int Bytes,
    [property: Description("The least fee that the chain takes.")] ulong MinFee,
    [property: Description("The nonce that the sender's next transaction must carry.")] ulong NextNonce,
    [property: Description("What would become of its call.")] ReceiptResult Receipt);
