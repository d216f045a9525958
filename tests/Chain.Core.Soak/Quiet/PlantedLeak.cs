using Microsoft.Win32.SafeHandles;

namespace Chain.Core.Soak.Quiet;

/// <summary>What a soak is to find: memory and descriptors that are kept, and tasks that fail while nobody looks.</summary>
internal sealed class PlantedLeak : IDisposable
{
    private const int Bytes = 128 * 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly List<byte[]> _memory = [];
    private readonly List<SafeFileHandle> _files = [];
    private readonly Timer _timer;

    public PlantedLeak() => _timer = new Timer(_ => Grow(), null, Interval, Interval);

    public void Dispose() => _timer.Dispose();

    private void Grow()
    {
        _memory.Add(new byte[Bytes]);
        _files.Add(File.OpenHandle(typeof(PlantedLeak).Assembly.Location));
        _ = Task.FromException(new InvalidOperationException("planted"));
    }
}
