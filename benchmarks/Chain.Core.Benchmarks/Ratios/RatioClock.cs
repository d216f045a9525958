using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Chain.Core.Benchmarks.Ratios;

/// <summary>Seconds since some moment: CPU time of a thread or of the process where the system tells it, else wall-clock time.</summary>
internal sealed partial class RatioClock
{
    private const int LinuxProcessCpuTime = 2; // CLOCK_PROCESS_CPUTIME_ID in <time.h>
    private const int LinuxThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID

    private readonly int? _linuxClock;

    private RatioClock(int? linuxClock, string name)
    {
        _linuxClock = OperatingSystem.IsLinux() && Environment.Is64BitProcess ? linuxClock : null;
        Name = _linuxClock is null ? "wall clock" : name;
    }

    public static RatioClock Wall { get; } = new(null, "");

    /// <summary>What one core spends on us, whoever else wants it; the wall clock where it cannot be told.</summary>
    public static RatioClock OneCore { get; } = new(LinuxThreadCpuTime, "thread CPU time");

    /// <summary>What all cores spend on this process; the wall clock where it cannot be told.</summary>
    public static RatioClock WholeProcess { get; } = new(LinuxProcessCpuTime, "process CPU time");

    public string Name { get; }

    public static RatioClock For(RatioCase figure) => figure.WholeProcess ? WholeProcess : figure.OneCore ? OneCore : Wall;

    public double Seconds()
    {
        if (_linuxClock is not { } clock)
        {
            return Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        }

        return GetTime(clock, out TimeSpec time) == 0
            ? time.Seconds + (time.Nanoseconds * 1e-9)
            : throw new InvalidOperationException("The clock cannot be read.");
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
