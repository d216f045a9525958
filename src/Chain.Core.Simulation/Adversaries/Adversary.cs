using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// One way in which a node is faulty, at the seam between an engine and its host: what the engine hears, what it says, what
/// its clock shows. It knows no engine, so that every plug-in can be tried with it; <see cref="AdversarialConsensus"/> puts
/// several around one engine. One object serves one node, over all its restarts.
/// </summary>
/// <remarks>
/// Two faults need no adversary. A leader or voter that says different things to different peers is a node that runs twice
/// with one key (<see cref="TwinsEnumeration"/>); a link that loses, delays or cuts is the network's to simulate.
/// </remarks>
public abstract class Adversary
{
    /// <summary>Changes what the engine is made with.</summary>
    public virtual EngineOptions Configure(EngineOptions options) => options;

    /// <summary>Changes what the engine sees as the wall-clock time.</summary>
    public virtual UnixTime ReadClock(UnixTime wallClock) => wallClock;

    /// <summary>Changes an input on its way to the engine; null where the engine does not hear it.</summary>
    public virtual ConsensusInput? Hear(ConsensusInput input, AdversaryStep step) => input;

    /// <summary>Carries an output of the engine on by <see cref="AdversaryStep.Pass"/>, changed or not, once, often or never.</summary>
    public virtual void Say(ConsensusOutput output, AdversaryStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        step.Pass(output);
    }

    /// <summary>The moment has come that was asked for by <see cref="AdversaryStep.WakeAt"/>.</summary>
    public virtual void Wake(AdversaryStep step)
    {
    }

    /// <summary>Whether peers would see the output: a message or a block.</summary>
    protected static bool IsHeardByPeers(ConsensusOutput output) =>
        output is ConsensusOutput.Broadcast or ConsensusOutput.SendTo or ConsensusOutput.Seal;
}
