using System.Diagnostics.Metrics;

namespace Chain.Core.Node;

/// <summary>What the loop measures of itself; costs nothing while nobody listens.</summary>
internal sealed class LoopMeters(Meter meter, TimeProvider time)
{
    private readonly Histogram<double> _step = meter.CreateHistogram<double>(
        "chain.node.step.duration", "s", "How long the machine took for one input, with its effects.");

    private readonly Histogram<double> _lateness = meter.CreateHistogram<double>(
        "chain.node.timer.lateness", "s", "How long after its time a timer fired.");

    private long _lastTurn = time.GetTimestamp();

    /// <summary>How long ago the loop last turned; it does at least once a second.</summary>
    public TimeSpan SinceLastTurn => time.GetElapsedTime(Volatile.Read(ref _lastTurn));

    public void OnTurn() => Volatile.Write(ref _lastTurn, time.GetTimestamp());

    public void OnTimer(TimeSpan late)
    {
        if (_lateness.Enabled)
        {
            _lateness.Record(late.TotalSeconds);
        }
    }

    /// <summary>A mark for <see cref="OnStepEnded"/>; 0 while nobody listens.</summary>
    public long OnStepBegan() => _step.Enabled ? time.GetTimestamp() : 0;

    public void OnStepEnded(long began)
    {
        if (began != 0)
        {
            _step.Record(time.GetElapsedTime(began).TotalSeconds);
        }
    }
}
