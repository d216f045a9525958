using Chain.Core.Machines;

namespace Chain.Core.Gossip;

/// <summary>A timer that is only ever moved forward: waking up once too early is cheaper than setting it at each change.</summary>
internal sealed class WakeUp(int kind)
{
    private Instant? _due;

    /// <summary>Fires at <paramref name="due"/> or before.</summary>
    public void By(Instant due, in Step step)
    {
        if (_due is not { } set || due < set)
        {
            _due = due;
            step.Effects.SetTimer(new TimerKey(kind), due);
        }
    }

    public void OnFired() => _due = null;

    /// <summary>Nothing is left to wake up for.</summary>
    public void Stop(in Step step)
    {
        if (_due is not null)
        {
            _due = null;
            step.Effects.CancelTimer(new TimerKey(kind));
        }
    }
}
