using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Chain.Core.Benchmarks.Network;
using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>
/// Four validators as processes with RocksDB on 127.0.0.1, twenty payments a second: from the moment a block is sealed to the one at which
/// the last of the four knows that it is final, against three times the way of one message, which is half of a ping between the same nodes
/// meanwhile. Medians.
/// </summary>
internal static class LoopbackFinality
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(45);

    public static Contest Prepare()
    {
        var lines = new ConcurrentQueue<string[]>();
        var children = new List<Process>();
        var ports = new List<string>();
        for (int i = 0; i < ThroughputContest.NodeCount; i++)
        {
            Process child = ChildProcess.Start(LoopbackValidator.Argument, i.ToString(CultureInfo.InvariantCulture), string.Join(',', ports));
            ports.Add(child.StandardOutput.ReadLine()!);
            children.Add(child);
        }

        Task reading = Task.WhenAll(children.Select(child => ReadAsync(child, lines)));
        Thread.Sleep(WarmUp);
        lines.Clear();
        Thread.Sleep(Watched);
        string[][] told = [.. lines];
        children.ForEach(static child => child.StandardInput.WriteLine());
        reading.GetAwaiter().GetResult();
        children.ForEach(static child => child.Dispose());

        double[] finality = Finality(told);
        double delay = Median([.. told.Where(static line => line[0] == "ping").Select(static line => Number(line[1]) / (2.0 * TimeSpan.TicksPerMicrosecond))]);
        return Contest.OfSizes(Median(finality), 3 * delay, () => finality.Length > 50 ? null : $"only {finality.Length} blocks became final everywhere");
    }

    /// <summary>What each block took that one leader sealed and all nodes told of, in microseconds.</summary>
    private static double[] Finality(string[][] told)
    {
        ILookup<string, long> began = told.Where(static line => line[0] == "sealed").ToLookup(static line => line[1], static line => Number(line[2]));
        ILookup<string, long> ended = told.Where(static line => line[0] == "final").ToLookup(static line => line[1], static line => Number(line[2]));
        return [.. began
            .Where(block => block.Count() == 1 && ended[block.Key].Count() == ThroughputContest.NodeCount)
            .Select(block => Stopwatch.GetElapsedTime(block.Single(), ended[block.Key].Max()).TotalMicroseconds)];
    }

    private static async Task ReadAsync(Process child, ConcurrentQueue<string[]> lines)
    {
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line.Split(' '));
        }

        await child.WaitForExitAsync();
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);

    private static double Median(double[] values) => values.Length == 0 ? double.NaN : values.Order().ElementAt(values.Length / 2);
}
