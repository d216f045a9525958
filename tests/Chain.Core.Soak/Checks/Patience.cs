using System.Diagnostics;

namespace Chain.Core.Soak;

/// <summary>Waits for something that other threads bring about.</summary>
internal static class Patience
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks under the lock again and again; false where the time runs out.</summary>
    public static async Task<bool> UntilAsync(Func<bool> holds, Lock gate, TimeSpan atMost)
    {
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < atMost)
        {
            lock (gate)
            {
                if (holds())
                {
                    return true;
                }
            }

            await Task.Delay(Between);
        }

        return false;
    }
}
