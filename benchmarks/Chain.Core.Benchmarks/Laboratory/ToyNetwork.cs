using Chain.Core.Machines;
using Chain.Core.Simulation;

namespace Chain.Core.Benchmarks.Laboratory;

/// <summary>The toy gossip on the simulator: each node dials four earlier ones, at random.</summary>
internal sealed class ToyNetwork
{
    private const int Degree = 4;

    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    public ToyNetwork(int nodes, int threads)
    {
        Simulator = new Simulator(new SimulatorOptions
        {
            EncodesMessages = false,
            Threads = threads,
            Network = new NetworkModel { Latency = Latency, Jitter = TimeSpan.Zero },
        });
        foreach (int[] dials in Graph(nodes))
        {
            Simulator.AddNode($"t{Simulator.Nodes.Count}", _ => new ToyMachine(
                Array.ConvertAll(dials, other => Simulator.Nodes[other].Address), begins: dials.Length == 0));
        }
    }

    public Simulator Simulator { get; }

    /// <summary>The earlier nodes that each node is connected to.</summary>
    public static IEnumerable<int[]> Graph(int nodes)
    {
        var random = new DeterministicRandom(7);
        for (int node = 0; node < nodes; node++)
        {
            var dials = new SortedSet<int>();
            while (dials.Count < int.Min(node, Degree))
            {
                dials.Add(random.NextIndex(node));
            }

            yield return [.. dials];
        }
    }

    /// <summary>Null where every node heard every number.</summary>
    public string? FindMistake(TimeSpan simulated)
    {
        var begun = (ulong)(simulated / ToyMachine.Interval);
        ulong least = Simulator.Nodes.Min(static node => ((ToyMachine)node.Machine!).Heard);
        return least + 1 >= begun ? null : $"a node heard {least} of {begun} numbers";
    }
}
