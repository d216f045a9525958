using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Gossip;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>
/// How late the deadlines of a node are while ten nodes fill both cores and all their connections with signed messages: the 999th of a
/// thousand, of the timers of all ten. FAULTS row 54 allows 20 ms.
/// </summary>
internal static class LatenessContest
{
    public const string Argument = "timer-lateness";

    private const int Count = 10;
    private const int Dials = 4;
    private const int Burst = 2000;
    private const double Allowed = 20_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(8);

    /// <summary>Measures in a process of its own, with the garbage collector of a host.</summary>
    public static Contest Prepare()
    {
        using Process child = ChildProcess.Start(Argument);
        double[] late = [.. child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(double.Parse)];
        child.WaitForExit();
        return Contest.OfSizes(late[^(1 + (late.Length / 1000))], Allowed, () => late.Length > 1000 ? null : $"only {late.Length} timers fired");
    }

    /// <summary>Tells how late each deadline was, in microseconds, the least first.</summary>
    public static int RunChild()
    {
        var load = new TransferLoad(accounts: 65_536);
        var delivered = new Countdown();
        var lateness = new ConcurrentQueue<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, to) =>
        {
            if (instrument is { Name: "chain.node.timer.lateness", Meter.Name: nameof(MessageNode) })
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, late, _, _) => lateness.Enqueue(double.Round(late * 1e6)));
        listener.Start();

        var options = new GossipOptions
        {
            Network = load.Chain.Network,
            Genesis = load.Chain.GenesisId,
            Peers = new PeerOptions { AddressSample = 0 },
        };
        MessageNode[] nodes = MessageNode.Start(options, Count, Dials, delivered.Add, static machine => new TickingMachine(machine));
        Fill(WarmUp);
        lateness.Clear();
        Fill(Watched);
        foreach (double late in lateness.Order())
        {
            Console.WriteLine(late);
        }

        return 0;

        void Fill(TimeSpan time)
        {
            for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time;)
            {
                delivered.Expect(Burst * Count);
                Transaction[] burst = load.Take(Burst);
                for (int i = 0; i < burst.Length; i++)
                {
                    nodes[i % Count].Submit(burst[i]);
                }

                delivered.Wait();
            }
        }
    }
}
