using Chain.Core.Machines;
using Chain.Core.Storage;

namespace Chain.Core.Node;

/// <summary>
/// Runs offloaded jobs on threads of its own, below the priority of the node's loop, so that neither the loop nor
/// the sockets wait behind a signature batch or a nonce search.
/// </summary>
internal sealed class JobPool : IDisposable
{
    private const int MaxWaiting = 1024;

    private readonly Queue<Work> _waiting = new();
    private readonly Thread[] _threads;
    private readonly Action<JobId, JobResult> _onFinished;
    private readonly Action<Exception> _onFault;
    private bool _isClosed;

    public JobPool(int threads, Action<JobId, JobResult> onFinished, Action<Exception> onFault)
    {
        _onFinished = onFinished;
        _onFault = onFault;
        _threads = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(RunWaiting)
            {
                IsBackground = true,
                Name = "chain-core-job",
                Priority = ThreadPriority.BelowNormal, // which Linux does not know
            };
            _threads[i].Start();
        }
    }

    /// <summary>Queues a job over a snapshot that the pool disposes; waits where very many wait already.</summary>
    public void Add(JobId id, Job job, IKeyValueSnapshot snapshot)
    {
        lock (_waiting)
        {
            while (_waiting.Count >= MaxWaiting && !_isClosed)
            {
                Monitor.Wait(_waiting);
            }

            _waiting.Enqueue(new Work(id, job, snapshot));
            Monitor.Pulse(_waiting);
        }
    }

    /// <summary>Waits for the jobs that run; those that wait do not run any more.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            _isClosed = true;
            Monitor.PulseAll(_waiting);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        while (_waiting.TryDequeue(out Work work))
        {
            work.Snapshot.Dispose();
        }
    }

    private void RunWaiting()
    {
        ThreadNice.Lower();
        while (TryTake(out Work work))
        {
            using (work.Snapshot)
            {
                try
                {
                    _onFinished(work.Id, work.Job.Run(work.Snapshot));
                }
                catch (Exception fault) // a job that throws is a fault of the disk or of ours: either way the node must not go on
                {
                    _onFault(fault);
                }
            }
        }
    }

    /// <summary>Waits for work without spinning, which would take the core that the loop wants; false once the pool is closed.</summary>
    private bool TryTake(out Work work)
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_waiting);
            }

            if (_isClosed)
            {
                work = default;
                return false;
            }

            work = _waiting.Dequeue();
            if (_waiting.Count == MaxWaiting - 1)
            {
                Monitor.Pulse(_waiting); // the loop may wait for room
            }

            return true;
        }
    }

    private readonly record struct Work(JobId Id, Job Job, IKeyValueSnapshot Snapshot);
}
