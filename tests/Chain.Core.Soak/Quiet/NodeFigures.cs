using System.Diagnostics;
using System.Globalization;

namespace Chain.Core.Soak.Quiet;

/// <summary>What a process holds at a moment.</summary>
/// <param name="Managed">Bytes of objects that are alive after a full collection.</param>
/// <param name="Resident">Bytes of memory that the process has from the system, native and managed.</param>
/// <param name="Descriptors">Open descriptors, without those of files in its store.</param>
/// <param name="StoreFiles">Open descriptors of files in its store, which come and go with its tables.</param>
/// <param name="Threads">Threads of the system.</param>
/// <param name="Cpu">Time on a core since it started.</param>
internal sealed record NodeFigures(long Managed, long Resident, int Descriptors, int StoreFiles, int Threads, TimeSpan Cpu)
{
    private const string Word = "figures";

    /// <summary>Collects all garbage of this process, whereby tasks that failed unobserved come to light, and measures it.</summary>
    public static NodeFigures Measure(string home)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        using var own = Process.GetCurrentProcess();
        (int others, int store) = CountDescriptors(own, home);
        return new NodeFigures(GC.GetTotalMemory(forceFullCollection: false), own.WorkingSet64, others, store, own.Threads.Count, own.TotalProcessorTime);
    }

    public string ToLine() => string.Create(
        CultureInfo.InvariantCulture, $"{Word} {Managed} {Resident} {Descriptors} {StoreFiles} {Threads} {Cpu.Ticks}");

    /// <summary>Reads what <see cref="ToLine"/> wrote; null for another line.</summary>
    public static NodeFigures? TryParse(string line)
    {
        string[] words = line.Split(' ');
        if (words[0] != Word)
        {
            return null;
        }

        long[] numbers = [.. words.Skip(1).Select(static word => long.Parse(word, CultureInfo.InvariantCulture))];
        return new NodeFigures(numbers[0], numbers[1], (int)numbers[2], (int)numbers[3], (int)numbers[4], TimeSpan.FromTicks(numbers[5]));
    }

    private static (int Others, int Store) CountDescriptors(Process own, string home)
    {
        const string Links = "/proc/self/fd";
        if (!Directory.Exists(Links))
        {
            return (own.HandleCount, 0);
        }

        int others = 0;
        int store = 0;
        foreach (string path in Directory.GetFiles(Links))
        {
            bool isStored = new FileInfo(path).LinkTarget?.StartsWith(home, StringComparison.Ordinal) == true;
            store += isStored ? 1 : 0;
            others += isStored ? 0 : 1;
        }

        return (others, store);
    }
}
