using Chain.Core.Consensus;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>Hears and computes, and says nothing, from one time to another.</summary>
public sealed class SilentAdversary(Instant from, Instant until) : Adversary
{
    /// <inheritdoc/>
    public override void Say(ConsensusOutput output, AdversaryStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (!IsHeardByPeers(output) || step.Now < from || step.Now >= until)
        {
            step.Pass(output);
        }
    }
}
