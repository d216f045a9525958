using System.Runtime.InteropServices;

namespace Chain.Core.Node;

/// <summary>The nice value of a thread of Linux, where the runtime's priorities change nothing (setpriority(2)).</summary>
internal static partial class ThreadNice
{
    private const int OfThread = 0; // PRIO_PROCESS, which means one thread on Linux
    private const int ThisThread = 0;
    private const int Lowered = 5; // a third of the weight of others

    /// <summary>Lets others go before the calling thread. Where the system refuses, nothing changes.</summary>
    public static void Lower()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(OfThread, ThisThread, Lowered);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int value);
}
