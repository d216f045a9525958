using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Chain.Core.Rpc;

/// <summary>An account.</summary>
internal sealed record AccountResult(
    [property: Description("The block after which this is the state.")] BlockPlace Block,
    [property: Description("The nonce that its next transaction must carry.")] ulong NextNonce,
    [property: Description("What it has in the chain's own coin; null where the chain has none."), JsonIgnore(Condition = JsonIgnoreCondition.Never)] ulong? Balance);
