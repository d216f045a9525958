using System.ComponentModel;
using System.Text.Json.Serialization;
using Chain.Core.Crypto;

namespace Chain.Core.Rpc;

/// <summary>The value of a key in the state, with its proof.</summary>
internal sealed record ProofResult(
    [property: Description("The block after which this is the state.")] BlockPlace Block,
    [property: Description("The root that the proof leads to; compare it with a header that you trust.")] Hash256 StateRoot,
    [property: Description("The value; null where the key is not set."), JsonIgnore(Condition = JsonIgnoreCondition.Never)] ReadOnlyMemory<byte>? Value,
    [property: Description("The canonical proof.")] ReadOnlyMemory<byte> Proof);
