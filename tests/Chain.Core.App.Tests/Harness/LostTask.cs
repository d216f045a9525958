using System.Runtime.CompilerServices;

namespace Chain.Core.App.Tests;

/// <summary>A mistake that the runtime passes over in silence.</summary>
internal static class LostTask
{
    /// <summary>Has a task fail at which nobody looks, and its remains collected.</summary>
    public static void Fail()
    {
        Leave();
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leave() => _ = Task.FromException(new InvalidOperationException("nobody looks"));
}
