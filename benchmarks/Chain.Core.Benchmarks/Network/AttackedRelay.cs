using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>What a node is troubled with.</summary>
internal enum Attack
{
    /// <summary>Floods of all that has an allowance (FAULTS row 12).</summary>
    Flood,

    /// <summary>Peers that are idle, slow to write, or never read (FAULTS row 5).</summary>
    Slow,
}

/// <summary>
/// A transaction goes from one full node over a second to a third: the 99th of a hundred delays while the second is attacked by a process
/// beside, against the same while it is not, in turns. The attacker's own work takes a part of the same cores.
/// </summary>
internal static class AttackedRelay
{
    private const int Rounds = 4;
    private const int Payments = 250;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Contest Prepare(Attack attack)
    {
        var load = new TransferLoad(accounts: 1024);
        Nodes nodes = Nodes.Start(load.Chain, count: 3, dials: 1, firstProduces: false, static _ => new MemoryStore());
        var arrived = new ConcurrentDictionary<TransactionId, long>();
        nodes.All[2].Subscribe(happened =>
        {
            if (happened is NodeEvent.TransactionAdmitted admitted)
            {
                arrived[admitted.Id] = Stopwatch.GetTimestamp();
            }
        });
        Hash256 genesis = load.Chain.GenesisId.Value;
        Relay(nodes, load, arrived);
        List<double> quiet = [];
        List<double> attacked = [];
        int connections = 0;
        for (int round = 0; round < Rounds; round++)
        {
            quiet.AddRange(Relay(nodes, load, arrived));
            using Process attacker = ChildProcess.Start(
                RelayAttacker.Argument,
                attack.ToString(),
                nodes.All[1].ListenEndPoint!.Port.ToString(CultureInfo.InvariantCulture),
                load.Chain.Network.ToString(CultureInfo.InvariantCulture),
                Convert.ToHexString(Hash256.AsSpan(in genesis)));
            Thread.Sleep(TimeSpan.FromSeconds(2));
            attacked.AddRange(Relay(nodes, load, arrived));
            attacker.StandardInput.WriteLine();
            connections += int.Parse(attacker.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
            attacker.WaitForExit();
        }

        bool isWhole = nodes.All[1].PeerCount >= 2;
        return Contest.OfSizes(
            Percentile(attacked),
            Percentile(quiet),
            () => connections < Rounds ? $"only {connections} connections attacked" : isWhole ? null : "an honest peer was lost");
    }

    private static List<double> Relay(Nodes nodes, TransferLoad load, ConcurrentDictionary<TransactionId, long> arrived)
    {
        var sent = new List<(TransactionId Id, long At)>();
        foreach (Transaction payment in load.Take(Payments))
        {
            sent.Add((payment.Id, Stopwatch.GetTimestamp()));
            nodes.All[0].SubmitAsync(payment).AsTask().GetAwaiter().GetResult();
            Thread.Sleep(Interval);
        }

        if (!SpinWait.SpinUntil(() => sent.TrueForAll(each => arrived.ContainsKey(each.Id)), Patience))
        {
            throw new InvalidOperationException("A payment did not arrive.");
        }

        return [.. sent.Select(each => Stopwatch.GetElapsedTime(each.At, arrived[each.Id]).TotalMicroseconds)];
    }

    private static double Percentile(List<double> delays) => delays.Order().ElementAt(delays.Count * 99 / 100);
}
