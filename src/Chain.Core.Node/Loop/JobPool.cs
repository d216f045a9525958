using System.Collections.Concurrent;
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

    private readonly BlockingCollection<Work> _waiting = new(MaxWaiting);
    private readonly Thread[] _threads;
    private readonly Action<JobId, JobResult> _onFinished;
    private readonly Action<Exception> _onFault;

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
                Priority = ThreadPriority.BelowNormal,
            };
            _threads[i].Start();
        }
    }

    /// <summary>Queues a job over a snapshot that the pool disposes.</summary>
    public void Add(JobId id, Job job, IKeyValueSnapshot snapshot) => _waiting.Add(new Work(id, job, snapshot));

    public void Dispose()
    {
        _waiting.CompleteAdding();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        while (_waiting.TryTake(out Work work))
        {
            work.Snapshot.Dispose();
        }

        _waiting.Dispose();
    }

    private void RunWaiting()
    {
        foreach (Work work in _waiting.GetConsumingEnumerable())
        {
            using (work.Snapshot)
            {
                if (_waiting.IsAddingCompleted)
                {
                    continue;
                }

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

    private readonly record struct Work(JobId Id, Job Job, IKeyValueSnapshot Snapshot);
}
