using System.Collections.Concurrent;

namespace Chain.Core.Transport;

/// <summary>The running tasks of a transport, so that none is forgotten: disposing waits for every one.</summary>
internal sealed class TrackedTasks
{
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Runs work on the pool and keeps it until it is done. A failure is kept for <see cref="WhenAllAsync"/>.</summary>
    public void Run(Func<Task> work)
    {
        Task task = Task.Run(work);
        _running.TryAdd(task, true);
        _ = task.ContinueWith(
            done => _running.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Waits until nothing runs; throws what failed.</summary>
    public async Task WhenAllAsync()
    {
        while (!_running.IsEmpty)
        {
            Task[] tasks = [.. _running.Keys];
            await Task.WhenAll(tasks).ConfigureAwait(false);
            foreach (Task task in tasks)
            {
                _running.TryRemove(task, out _);
            }
        }
    }
}
