namespace Chain.Core.Simulation.Laboratory;

/// <summary>What a reader must know to judge the figures: what is simulated, and from which sources.</summary>
internal static class ReportNotes
{
    public static IEnumerable<string> Of(Comparison comparison)
    {
        Scenario scenario = comparison.Scenario;
        yield return "Every node is the full machine of production: ledger, mempool, gossip, engine, records. Network, clock, disk and job threads are simulated.";
        yield return scenario.Network.Matrix is { } name && PublishedLatencies.Find(name) is { } matrix
            ? $"Latencies of {name}: {matrix.Source}. Nodes are {(scenario.Network.RegionShares.Count == 0 ? "dealt out to its regions in turn" : "spread over its regions by shares")}."
            : "One latency for all pairs of nodes, which is no network that exists.";
        yield return "Bytes are those of encoded messages, without frames, encryption and TCP.";
        yield return scenario.Network.UplinkBitsPerSecond > 0 || scenario.Network.DownlinkBitsPerSecond > 0
            ? FormattableString.Invariant($"Each node sends {scenario.Network.UplinkBitsPerSecond} and receives {scenario.Network.DownlinkBitsPerSecond} bits a second (0: no limit); connections share them max-min fairly.")
            : "Bandwidth is not limited.";
        yield return scenario.ChargesProcessor
            ? "Processor time is charged from figures measured on two cores of an AMD EPYC (Zen 4), .NET 10 (docs/performance.md): per transaction 8.1 µs for the signature, 15 µs for execution, 22.5 µs for admission and 13.2 µs of the loop; 4.5 µs for a vote, 2.8 µs for a message; two threads for jobs."
            : "Computation takes no simulated time.";
        yield return "Signatures of transactions are real; each is verified once for all nodes of a run, and charged to every one of them.";
        yield return "Inclusion and finality are as the user's own node tells them, from the moment of handing in.";
        foreach (AdversaryPlan plan in scenario.Adversaries)
        {
            yield return plan.Kind switch
            {
                AdversaryKind.SelfishMiner => "Node n0 mines selfishly (Eyal and Sirer 2014, algorithm 1) and is connected to every node; its blocks count as made when it made them in secret, so that they seem to spread late.",
                AdversaryKind.DoubleSpender => FormattableString.Invariant($"Node n0 tries to undo payments with {plan.Confirmations} confirmations (Rosenfeld 2014) and is connected to every node: it begins with a block in secret, publishes when its chain is longer, and gives up when it is more than {AdversaryRoles.SpenderPatience} blocks behind."),
                AdversaryKind.Spammer => FormattableString.Invariant($"An attacker hands in {plan.Rate:0.##} valid transactions a second with a fee of 1, through all nodes, and again where one has no room; users pay {scenario.Load.Fee}. Figures of transactions are those of users."),
                _ => FormattableString.Invariant($"An attacker with {plan.Addresses} addresses, the last nodes, eclipses n{scenario.ProducerCount() - 1}: half of them take its slots for connections of others, half are named to it as addresses to dial. Honest nodes restart as the faults say. Address books are not kept over restarts."),
            };
        }

        foreach (EngineRuns engine in comparison.Engines)
        {
            foreach (string note in engine.Runs[0].Notes)
            {
                yield return $"{engine.Name}: {note}";
            }
        }
    }
}
