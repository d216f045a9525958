using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>A validator.</summary>
/// <param name="Scheme">The signature scheme of its key.</param>
/// <param name="Key">Its public key.</param>
/// <param name="Stake">Its stake.</param>
/// <param name="Operator">The account that runs it, where the chain knows.</param>
public sealed record ValidatorView(string Scheme, ReadOnlyMemory<byte> Key, ulong Stake, AccountAddress? Operator = null);
