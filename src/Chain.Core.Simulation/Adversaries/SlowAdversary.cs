using Chain.Core.Consensus;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>Says everything late, in order.</summary>
/// <param name="delay">How late; positive.</param>
public sealed class SlowAdversary(TimeSpan delay) : Adversary
{
    private readonly Queue<(Instant Due, ConsensusOutput Output)> _held = new();

    /// <inheritdoc/>
    public override ConsensusInput? Hear(ConsensusInput input, AdversaryStep step)
    {
        if (input is ConsensusInput.Started)
        {
            _held.Clear(); // what a crashed node had not said is lost
        }

        return input;
    }

    /// <inheritdoc/>
    public override void Say(ConsensusOutput output, AdversaryStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (!IsHeardByPeers(output))
        {
            step.Pass(output);
            return;
        }

        _held.Enqueue((step.Now + delay, output));
        if (_held.Count == 1)
        {
            step.WakeAt(step.Now + delay);
        }
    }

    /// <inheritdoc/>
    public override void Wake(AdversaryStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        while (_held.TryPeek(out (Instant Due, ConsensusOutput Output) first) && first.Due <= step.Now)
        {
            _held.Dequeue();
            step.Pass(first.Output);
        }

        if (_held.TryPeek(out (Instant Due, ConsensusOutput Output) next))
        {
            step.WakeAt(next.Due);
        }
    }
}
