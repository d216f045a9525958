using Chain.Core.Consensus;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>Sends what is for everybody to some peers only, of those that it ever heard.</summary>
/// <param name="isTold">Whom it tells.</param>
public sealed class SelectiveAdversary(Func<ConnectionId, bool> isTold) : Adversary
{
    /// <inheritdoc/>
    public override void Say(ConsensusOutput output, AdversaryStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (output is not ConsensusOutput.Broadcast broadcast)
        {
            if (output is not ConsensusOutput.SendTo send || isTold(send.Connection))
            {
                step.Pass(output);
            }

            return;
        }

        foreach (ConnectionId connection in step.Connections)
        {
            if (isTold(connection))
            {
                step.Pass(new ConsensusOutput.SendTo(connection, broadcast.Payload));
            }
        }
    }
}
