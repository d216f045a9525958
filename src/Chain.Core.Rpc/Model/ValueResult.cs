using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Chain.Core.Rpc;

/// <summary>The value of a key in the state.</summary>
internal sealed record ValueResult(
    [property: Description("The block after which this is the state.")] BlockPlace Block,
    [property: Description("The value; null where the key is not set."), JsonIgnore(Condition = JsonIgnoreCondition.Never)] ReadOnlyMemory<byte>? Value);
