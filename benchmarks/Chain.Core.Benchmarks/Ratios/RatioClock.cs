using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Chain.Core.Benchmarks.Ratios;

/// <summary>Seconds since some moment: CPU time of the calling thread where the system tells it, else wall-clock time.</summary>
internal sealed partial class RatioClock
{
    private const int LinuxThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID in <time.h>

    private readonly bool _isOfThread;

    private RatioClock(bool isOfThread) => _isOfThread = isOfThread;

    public static RatioClock Wall { get; } = new(false);

    /// <summary>What one core spends on us, whoever else wants it; the wall clock where it cannot be told.</summary>
    public static RatioClock OneCore { get; } = new(OperatingSystem.IsLinux() && Environment.Is64BitProcess);

    public string Name => _isOfThread ? "thread CPU time" : "wall clock";

    public double Seconds()
    {
        if (!_isOfThread)
        {
            return Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        }

        return GetTime(LinuxThreadCpuTime, out TimeSpec time) == 0
            ? time.Seconds + (time.Nanoseconds * 1e-9)
            : throw new InvalidOperationException("The clock of the thread cannot be read.");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
