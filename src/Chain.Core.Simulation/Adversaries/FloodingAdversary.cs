using Chain.Core.Consensus;

namespace Chain.Core.Simulation;

/// <summary>Sends many damaged copies of whatever it says, in any format: a few bytes of each are others.</summary>
/// <param name="copies">How many for each message; positive.</param>
public sealed class FloodingAdversary(int copies) : Adversary
{
    private const int MaxChanged = 3;

    /// <inheritdoc/>
    public override void Say(ConsensusOutput output, AdversaryStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        step.Pass(output);
        if (output is ConsensusOutput.Broadcast broadcast)
        {
            Flood(broadcast.Payload, step);
        }
    }

    private void Flood(ReadOnlyMemory<byte> payload, AdversaryStep step)
    {
        for (int i = 0; i < copies && !payload.IsEmpty; i++)
        {
            byte[] copy = payload.ToArray();
            for (int changed = step.Random.NextIndex(MaxChanged) + 1; changed > 0; changed--)
            {
                copy[step.Random.NextIndex(copy.Length)] ^= (byte)(1 << step.Random.NextIndex(8));
            }

            step.Pass(new ConsensusOutput.Broadcast(copy));
        }
    }
}
