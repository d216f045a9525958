using Chain.Core.Consensus;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>
/// Tells lies beside what it says to everybody. Which, the format of the engine decides, and so the caller: votes that
/// contradict its own, certificates that it forged, votes of others.
/// </summary>
/// <param name="lies">What else to say beside a message; it may be nothing.</param>
public sealed class LyingAdversary(Func<ReadOnlyMemory<byte>, DeterministicRandom, IEnumerable<ReadOnlyMemory<byte>>> lies) : Adversary
{
    /// <summary>Whether some peers, of random choice, hear the lies and not the truth, and the others the truth alone.</summary>
    /// <value>False by default: everybody hears everything.</value>
    public bool DividesPeers { get; init; }

    /// <inheritdoc/>
    public override void Say(ConsensusOutput output, AdversaryStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (output is not ConsensusOutput.Broadcast truth)
        {
            step.Pass(output);
            return;
        }

        ReadOnlyMemory<byte>[] told = [.. lies(truth.Payload, step.Random)];
        if (DividesPeers && told.Length > 0)
        {
            Divide(truth.Payload, told, step);
            return;
        }

        step.Pass(truth);
        foreach (ReadOnlyMemory<byte> lie in told)
        {
            step.Pass(new ConsensusOutput.Broadcast(lie));
        }
    }

    private static void Divide(ReadOnlyMemory<byte> truth, ReadOnlyMemory<byte>[] told, AdversaryStep step)
    {
        foreach (ConnectionId peer in step.Connections)
        {
            foreach (ReadOnlyMemory<byte> payload in step.Random.NextBelow(2) == 0 ? [truth] : told)
            {
                step.Pass(new ConsensusOutput.SendTo(peer, payload));
            }
        }
    }
}
