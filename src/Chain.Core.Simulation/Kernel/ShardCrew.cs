using System.Runtime.ExceptionServices;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>
/// Runs the shards of a simulation through one window after the other: the first on the caller's thread, each other on one of
/// its own, unless there is so little to do that waking it would take longer.
/// </summary>
internal sealed class ShardCrew : IDisposable
{
    /// <summary>Fewer events in a window than that are done by the caller's thread alone. An event takes some microseconds, and so does waking a thread.</summary>
    private const long EventsWorthThreads = 40;

    private const int Spins = 200;

    private readonly SimulationShard[] _shards;
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _begin;
    private readonly CountdownEvent _working;

    /// <summary>All shards are at the end of the window: what crosses between them is complete.</summary>
    private readonly Barrier _windowIsOver;
    private Exception? _fault;
    private Instant _windowEnd;
    private volatile bool _isOver;

    public ShardCrew(SimulationShard[] shards)
    {
        _shards = shards;
        _working = new CountdownEvent(1);
        _windowIsOver = new Barrier(shards.Length);
        _begin = new SemaphoreSlim[shards.Length];
        _threads = new Thread[shards.Length];
        for (int i = 1; i < shards.Length; i++)
        {
            int own = i;
            _begin[i] = new SemaphoreSlim(0);
            _threads[i] = new Thread(() => Work(own)) { IsBackground = true, Name = $"simulation {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Lets everything happen before a time, and brings what crosses between shards to where it goes.</summary>
    public void Run(Instant windowEnd)
    {
        _windowEnd = windowEnd;
        if (_shards.Length == 1 || IsQuiet())
        {
            foreach (SimulationShard shard in _shards)
            {
                shard.RunWindow(windowEnd);
            }

            foreach (SimulationShard shard in _shards)
            {
                TakeCrossing(shard);
            }
        }
        else
        {
            RunOnThreads();
        }
    }

    private void TakeCrossing(SimulationShard shard)
    {
        foreach (SimulationShard other in _shards)
        {
            shard.TakeFrom(other);
        }
    }

    private bool IsQuiet()
    {
        long events = 0;
        foreach (SimulationShard shard in _shards)
        {
            events += shard.LastWindowEvents;
        }

        return events < EventsWorthThreads;
    }

    public void Dispose()
    {
        _isOver = true;
        for (int i = 1; i < _threads.Length; i++)
        {
            _begin[i].Release();
            _threads[i].Join();
            _begin[i].Dispose();
        }

        _working.Dispose();
        _windowIsOver.Dispose();
    }

    private void RunOnThreads()
    {
        _working.Reset(_shards.Length - 1);
        for (int i = 1; i < _shards.Length; i++)
        {
            _begin[i].Release();
        }

        RunShard(0);
        var spin = new SpinWait();
        while (!_working.IsSet && spin.Count < Spins)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        _working.Wait();
        if (_fault is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    private void Work(int index)
    {
        while (true)
        {
            _begin[index].Wait();
            if (_isOver)
            {
                return;
            }

            RunShard(index);
            _working.Signal();
        }
    }

    private void RunShard(int index)
    {
        try
        {
            _shards[index].RunWindow(_windowEnd);
        }
        catch (Exception wrong)
        {
            Interlocked.CompareExchange(ref _fault, wrong, null);
        }

        _windowIsOver.SignalAndWait();
        TakeCrossing(_shards[index]);
    }
}
