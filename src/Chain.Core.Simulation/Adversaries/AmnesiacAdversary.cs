using Chain.Core.Consensus;
using Chain.Core.Crypto;

namespace Chain.Core.Simulation;

/// <summary>
/// Restarts with an older disk: the engine gets the records of some earlier moment, and signs whatever it is asked for,
/// with no mark that guards it.
/// </summary>
/// <param name="sign">Signs with the node's key.</param>
public sealed class AmnesiacAdversary(Func<Hash256, ReadOnlyMemory<byte>> sign) : Adversary
{
    private readonly List<ConsensusRecord> _history = [];

    /// <inheritdoc/>
    public override ConsensusInput? Hear(ConsensusInput input, AdversaryStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (input is not ConsensusInput.Started started)
        {
            return input;
        }

        int remembered = step.Random.NextIndex(_history.Count + 1);
        _history.RemoveRange(remembered, _history.Count - remembered);
        var records = new SortedDictionary<ulong, ConsensusRecord>();
        foreach (ConsensusRecord record in _history)
        {
            records[record.Key] = record;
        }

        return started with { Records = [.. records.Values] };
    }

    /// <inheritdoc/>
    public override void Say(ConsensusOutput output, AdversaryStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        switch (output)
        {
            case ConsensusOutput.Sign asked:
                step.Tell(new ConsensusInput.Signed(asked.Intent, sign(asked.Message)));
                break;
            case ConsensusOutput.Persist persist:
                _history.Add(persist.Record);
                step.Pass(output);
                break;
            default:
                step.Pass(output);
                break;
        }
    }
}
