using System.ComponentModel;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>A validator.</summary>
internal sealed record ValidatorResult(
    [property: Description("The signature scheme of its key.")] string Scheme,
    [property: Description("Its public key.")] ReadOnlyMemory<byte> Key,
    [property: Description("Its stake.")] ulong Stake,
    [property: Description("The account that runs it, where the chain knows.")] AccountAddress? Operator);
