using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Chain.Core.Machines;

namespace Chain.Core.Node;

/// <summary>
/// All that waits for a node's loop. Any thread may add; who adds wakes the loop itself, without a task in between, and only
/// where it sleeps. The loop alone takes.
/// </summary>
internal sealed class LoopInbox(int inputCapacity) : ChannelWriter<HostInput>, IDisposable
{
    private readonly Channel<HostInput> _inputs = Channel.CreateBounded<HostInput>(
        new BoundedChannelOptions(inputCapacity) { SingleReader = true });

    private readonly ConcurrentQueue<HostInput.JobFinished> _results = new();
    private readonly ConcurrentQueue<Action<Instant>> _questions = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private int _sleeps;

    /// <summary>How many inputs of transport and users wait.</summary>
    public int InputCount => _inputs.Reader.Count;

    public override bool TryWrite(HostInput item)
    {
        bool isWritten = _inputs.Writer.TryWrite(item);
        if (isWritten)
        {
            Wake();
        }

        return isWritten;
    }

    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) =>
        _inputs.Writer.WaitToWriteAsync(cancellationToken);

    public override bool TryComplete(Exception? error = null) => _inputs.Writer.TryComplete(error);

    public void AddResult(HostInput.JobFinished result)
    {
        _results.Enqueue(result);
        Wake();
    }

    public void AddQuestion(Action<Instant> question)
    {
        _questions.Enqueue(question);
        Wake();
    }

    public bool TryTakeInput([NotNullWhen(true)] out HostInput? input) => _inputs.Reader.TryRead(out input);

    public bool TryTakeResult([NotNullWhen(true)] out HostInput.JobFinished? result) => _results.TryDequeue(out result);

    public bool TryTakeQuestion([NotNullWhen(true)] out Action<Instant>? question) => _questions.TryDequeue(out question);

    /// <summary>Returns when something was added, or after <paramref name="longest"/>, rounded up to a millisecond.</summary>
    public void Sleep(TimeSpan longest)
    {
        Interlocked.Exchange(ref _sleeps, 1);
        if (InputCount == 0 && _results.IsEmpty && _questions.IsEmpty)
        {
            _wake.WaitOne((int)Math.Ceiling(longest.TotalMilliseconds));
        }

        Interlocked.Exchange(ref _sleeps, 0);
    }

    public void Dispose() => _wake.Dispose();

    private void Wake()
    {
        if (Interlocked.Exchange(ref _sleeps, 0) != 0)
        {
            _wake.Set();
        }
    }
}
