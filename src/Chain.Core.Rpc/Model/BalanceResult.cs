using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>A balance.</summary>
internal sealed record BalanceResult(
    [property: Description("The block after which this is the state.")] BlockPlace Block,
    [property: Description("What the account has in the chain's own coin, in the smallest unit.")] ulong Balance);
