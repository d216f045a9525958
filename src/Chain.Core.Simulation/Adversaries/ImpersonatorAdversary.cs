using Chain.Core.Consensus;

namespace Chain.Core.Simulation;

/// <summary>Takes itself for another validator, whose key it does not have: what it says is signed with its own.</summary>
/// <param name="victim">The other validator.</param>
public sealed class ImpersonatorAdversary(ValidatorKey victim) : Adversary
{
    /// <inheritdoc/>
    public override EngineOptions Configure(EngineOptions options) => options with { Signer = victim };
}
