using System.ComponentModel;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>The faucet has handed a transfer in.</summary>
internal sealed record FundedResult(
    [property: Description("The transfer; it waits for a block.")] TransactionId Id);
