namespace Chain.Core.Benchmarks.Network;

/// <summary>Counts what the nodes report, and lets one thread wait for a total.</summary>
internal sealed class Countdown
{
    private readonly ManualResetEventSlim _reached = new();
    private long _count;
    private long _target;

    public void Expect(int more)
    {
        _reached.Reset();
        Interlocked.Add(ref _target, more);
    }

    public void Add(int count)
    {
        if (Interlocked.Add(ref _count, count) >= Interlocked.Read(ref _target))
        {
            _reached.Set();
        }
    }

    public void Wait()
    {
        if (!_reached.Wait(TimeSpan.FromMinutes(2)))
        {
            throw new TimeoutException($"{_count} of {_target} were reported.");
        }
    }
}
