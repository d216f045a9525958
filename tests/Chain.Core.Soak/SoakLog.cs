using System.Diagnostics;
using System.Globalization;

namespace Chain.Core.Soak;

/// <summary>The event log on standard output: one line each, with the time since the start.</summary>
internal sealed class SoakLog
{
    private readonly long _started = Stopwatch.GetTimestamp();

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public void Write(string line) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Elapsed:hh\\:mm\\:ss\\.f} {line}"));
}
