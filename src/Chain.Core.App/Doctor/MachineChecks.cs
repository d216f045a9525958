using System.Diagnostics;
using System.Globalization;
using Chain.Core.App.Run;

namespace Chain.Core.App.Doctor;

/// <summary>The machine: descriptors, clock, disk.</summary>
internal static class MachineChecks
{
    private const string LimitsFile = "/proc/self/limits";
    private const string OpenFiles = "Max open files";
    private const int StoreFiles = 1024;
    private const long LeastSpace = 1L << 30;
    private const long GoodSpace = 10L << 30;

    private static readonly TimeSpan Watched = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MostDrift = TimeSpan.FromMilliseconds(25);

    /// <summary>Connections and files of the store each take a descriptor.</summary>
    public static Finding Descriptors(NodePlan plan)
    {
        const string Check = "descriptors";
        int needed = plan.Settings.Rpc.MaxConnections + StoreFiles;
        if (!File.Exists(LimitsFile))
        {
            return Finding.Ok(Check, "this system tells no limit");
        }

        string line = File.ReadLines(LimitsFile).FirstOrDefault(static each => each.StartsWith(OpenFiles, StringComparison.Ordinal)) ?? "";
        string soft = line[int.Min(OpenFiles.Length, line.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        bool isEnough = !long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out long limit) || limit >= needed;
        return isEnough
            ? Finding.Ok(Check, $"{soft} may be open")
            : Finding.Warn(Check, $"{soft} may be open, {needed} may be needed", $"'ulimit -n {needed}', LimitNOFILE={needed} in the systemd unit, or a smaller Rpc:MaxConnections");
    }

    /// <summary>Blocks of the future are refused: the clock must run, and not behind the chain.</summary>
    public static async Task<Finding> ClockAsync(NodePlan plan)
    {
        const string Check = "clock";
        DateTimeOffset before = DateTimeOffset.UtcNow;
        long mark = Stopwatch.GetTimestamp();
        await Task.Delay(Watched).ConfigureAwait(false);
        TimeSpan drift = (DateTimeOffset.UtcNow - before - Stopwatch.GetElapsedTime(mark)).Duration();
        DateTimeOffset genesis = DateTimeOffset.FromUnixTimeMilliseconds((long)plan.Chain.Genesis.Header.Time.Milliseconds);
        if (DateTimeOffset.UtcNow < genesis)
        {
            return Finding.Fail(Check, $"it is before the first block of the chain, {genesis:u}", "set the clock, best by NTP ('timedatectl set-ntp true')");
        }

        return drift <= MostDrift
            ? Finding.Ok(Check, string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:u}, steady"))
            : Finding.Warn(Check, string.Create(CultureInfo.InvariantCulture, $"it jumped by {drift.TotalMilliseconds:0} ms while it was watched"), "see what sets the clock: NTP should slew it, not step it");
    }

    /// <summary>A store that cannot write stops the node.</summary>
    public static Finding Disk(NodePlan plan)
    {
        const string Check = "free disk";
        long free = new DriveInfo(plan.DataFolder).AvailableFreeSpace;
        string text = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1L << 30):0.0} GiB at {plan.DataFolder}");
        return free >= GoodSpace
            ? Finding.Ok(Check, text)
            : new Finding(Check, free >= LeastSpace ? FindingLevel.Warn : FindingLevel.Fail, text, "make room, move Node:Data to a larger disk, or keep fewer states (Node:StateWindow)");
    }
}
