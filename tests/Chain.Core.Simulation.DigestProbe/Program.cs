using System.Diagnostics;
using System.Globalization;

namespace Chain.Core.Simulation.DigestProbe;

/// <summary>
/// Runs scenarios in a process of its own.
/// <c>digest FIRST LAST [odd]</c> prints a digest for each seed; <c>trace SEED [odd]</c> prints every event of one, and
/// <c>trouble SEED</c> every event of a troubled one;
/// <c>soak FIRST LAST</c> runs a long row of troubled seeds and prints the command that replays each that fails.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length < 2)
        {
            Console.Error.WriteLine("digest FIRST LAST [odd] | trace SEED [odd] | trouble SEED | soak FIRST LAST");
            return 2;
        }

        if (args[^1] == "odd")
        {
            CultureInfo.CurrentCulture = Odd();
        }

        ulong first = ulong.Parse(args[1], CultureInfo.InvariantCulture);
        switch (args[0])
        {
            case "trace":
                DigestScenario.Run(first, traced: record => Console.WriteLine(record));
                return 0;
            case "trouble":
                TroubleScenario.Run(first, traced: record => Console.WriteLine(record));
                return 0;
            case "soak":
                return Soak(first, ulong.Parse(args[2], CultureInfo.InvariantCulture));
            default:
                PrintDigests(first, ulong.Parse(args[2], CultureInfo.InvariantCulture));
                return 0;
        }
    }

    private static void PrintDigests(ulong first, ulong last)
    {
        for (ulong seed = first; seed <= last; seed++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed} {DigestScenario.Run(seed)}"));
        }
    }

    private static int Soak(ulong first, ulong last)
    {
        int failures = 0;
        long events = 0;
        long blocks = 0;
        int restarts = 0;
        int deepest = 0;
        long started = Stopwatch.GetTimestamp();
        for (ulong seed = first; seed <= last; seed++)
        {
            try
            {
                TroubleReport report = TroubleScenario.Run(seed);
                events += report.Events;
                blocks += report.ExecutedBlocks;
                restarts += report.CheckedRestarts;
                deepest = int.Max(deepest, report.DeepestReorganisation);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                failures++;
                Console.WriteLine($"seed {seed} failed: {failure}");
                Console.WriteLine($"replay: dotnet run --project tests/Chain.Core.Simulation.DigestProbe -c Release -- soak {seed} {seed}");
            }
        }

        TimeSpan took = Stopwatch.GetElapsedTime(started);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seeds {first} to {last}: {failures} failed; {events} events, {blocks} blocks, {restarts} restarts checked, deepest reorganisation {deepest}, {took.TotalSeconds:F0} s"));
        return failures == 0 ? 0 : 1;
    }

    private static CultureInfo Odd()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "~";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = "'";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        return culture;
    }
}
