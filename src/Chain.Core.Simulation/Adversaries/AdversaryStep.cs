using Chain.Core.Consensus;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>What an <see cref="Adversary"/> may do within one step of the engine.</summary>
public sealed class AdversaryStep
{
    private readonly AdversarialEngine _engine;
    private readonly int _place;

    internal AdversaryStep(AdversarialEngine engine, int place)
    {
        _engine = engine;
        _place = place;
    }

    /// <summary>Monotonic time.</summary>
    public Instant Now => _engine.Now;

    /// <summary>The engine's stream of randomness.</summary>
    public DeterministicRandom Random => _engine.Random;

    /// <summary>The connections that the engine ever heard of, in the order of hearing.</summary>
    public IReadOnlyList<ConnectionId> Connections => _engine.Connections;

    /// <summary>Gives an output to the next adversary, or from the last one to the host.</summary>
    public void Pass(ConsensusOutput output) => _engine.Say(output, _place + 1);

    /// <summary>Gives an input to the engine, after the step at hand.</summary>
    public void Tell(ConsensusInput input) => _engine.Tell(input);

    /// <summary>Asks for <see cref="Adversary.Wake"/> at a time, in place of an earlier one.</summary>
    public void WakeAt(Instant time) => _engine.WakeAt(_place, time);
}
