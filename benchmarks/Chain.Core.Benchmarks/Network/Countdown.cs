namespace Chain.Core.Benchmarks.Network;

/// <summary>Counts what other threads report, and lets one thread wait for a total.</summary>
internal sealed class Countdown
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly object _gate = new();
    private long _count;
    private long _target;

    public void Expect(int more)
    {
        lock (_gate)
        {
            _target += more;
        }
    }

    public void Add(int count)
    {
        lock (_gate)
        {
            _count += count;
            if (_count >= _target)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    public void Wait()
    {
        lock (_gate)
        {
            while (_count < _target)
            {
                if (!Monitor.Wait(_gate, Patience))
                {
                    throw new TimeoutException($"{_count} of {_target} were reported.");
                }
            }
        }
    }
}
