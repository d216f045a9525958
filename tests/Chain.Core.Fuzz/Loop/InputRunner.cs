using System.Diagnostics;

namespace Chain.Core.Fuzz;

/// <summary>Runs one input and judges it: exceptions, answers, time, memory.</summary>
internal static class InputRunner
{
    private static readonly TimeSpan MaxElapsed = TimeSpan.FromMilliseconds(100);

    public static RunOutcome Run(FuzzTarget target, byte[] input)
    {
        RunOutcome outcome = RunOnce(target, input);
        if (outcome.Finding is not null)
        {
            return outcome;
        }

        // Compiling counts in the first runs, and another process may have had the core: the best of four decides, and
        // time on a core where that is less than time by the clock.
        for (int i = 0; i < 3 && BreaksLimit(target, input, in outcome); i++)
        {
            TimeSpan used = Environment.CpuUsage.TotalTime;
            RunOutcome again = RunOnce(target, input);
            TimeSpan elapsed = Least(again.Elapsed, Environment.CpuUsage.TotalTime - used);
            outcome = outcome with
            {
                Elapsed = Least(elapsed, outcome.Elapsed),
                Allocated = Math.Min(again.Allocated, outcome.Allocated),
            };
        }

        return outcome.Elapsed > MaxElapsed
            ? outcome with { Finding = new Finding("slow", $"{outcome.Elapsed.TotalMilliseconds:F0} ms for {input.Length} bytes") }
            : outcome.Allocated > MaxAllocated(target, input)
            ? outcome with { Finding = new Finding("memory", $"{outcome.Allocated} bytes allocated for {input.Length} bytes") }
            : outcome;
    }

    private static bool BreaksLimit(FuzzTarget target, byte[] input, in RunOutcome outcome) =>
        outcome.Elapsed > MaxElapsed || outcome.Allocated > MaxAllocated(target, input);

    private static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static long MaxAllocated(FuzzTarget target, byte[] input) =>
        target.AllocatedBase + ((long)target.AllocatedPerByte * input.Length);

    private static RunOutcome RunOnce(FuzzTarget target, byte[] input)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        bool isAccepted = false;
        Finding? finding = null;
        try
        {
            isAccepted = target.Run(input);
        }
        catch (Exception e)
        {
            finding = Finding.Of(e);
        }

        return new RunOutcome(
            isAccepted, finding, Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - allocated);
    }
}
