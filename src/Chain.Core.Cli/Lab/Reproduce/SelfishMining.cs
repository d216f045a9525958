using Chain.Core.Machines;
using Chain.Core.Simulation;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>The revenue of a selfish pool (Eyal and Sirer 2014): in the simulator, and by the closed form.</summary>
internal static class SelfishMining
{
    /// <summary>So many blocks of one run that the memory of its nodes stays small; longer chains are several runs.</summary>
    private const int BlocksPerRun = 10_000;

    /// <summary>
    /// Regions: the pool; honest nodes that hear the pool first; honest nodes that hear each other first. The pool hears everybody
    /// at once. Milliseconds there and back, of which a message takes half; rows are senders.
    /// </summary>
    private static readonly LatencyMatrix Network = new(
        "race",
        "chosen so that the pool wins or loses every race by the place of a node",
        ["pool", "near", "far"],
        [
            0, 0.02, 40,
            0.02, 10, 10,
            0.02, 10, 10,
        ]);

    /// <summary>Equation 8 of the paper: the pool's part of the blocks of the chain.</summary>
    /// <param name="alpha">The pool's part of the hash power, below a half.</param>
    /// <param name="gamma">The part of the honest power that mines on the pool's block in a race.</param>
    public static double Revenue(double alpha, double gamma)
    {
        double a = alpha;
        double above = (a * (1 - a) * (1 - a) * ((4 * a) + (gamma * (1 - (2 * a))))) - (a * a * a);
        double below = 1 - (a * (1 + ((2 - a) * a)));
        return above / below;
    }

    /// <summary>Above which part of the hash power the strategy pays: (1 − γ) / (3 − 2γ).</summary>
    public static double Threshold(double gamma) => (1 - gamma) / (3 - (2 * gamma));

    /// <summary>So many blocks that the revenue is within one percentage point of the closed form but for chance of more than 3σ.</summary>
    public static int BlocksForOnePoint(double alpha, double gamma)
    {
        const int sampled = 4_000;
        double deviations = 3 * Deviation(alpha, gamma, sampled) / 0.01;
        return 1_000 * (int)Math.Ceiling(sampled * deviations * deviations / 1_000);
    }

    /// <summary>
    /// By how much the revenue over so many blocks varies from run to run: the standard deviation of the paper's state machine,
    /// sampled.
    /// </summary>
    public static double Deviation(double alpha, double gamma, int blocks)
    {
        const int samples = 200;
        var random = new DeterministicRandom(1);
        double[] revenues = [.. Enumerable.Range(0, samples).Select(_ => Sample(alpha, gamma, blocks, random))];
        double mean = revenues.Average();
        return Math.Sqrt(revenues.Sum(each => (each - mean) * (each - mean)) / (samples - 1));
    }

    private static double Sample(double alpha, double gamma, int blocks, DeterministicRandom random)
    {
        var states = new SelfishStates();
        while (states.Blocks < blocks)
        {
            states.Find(isPools: Chance(alpha), isOnPools: Chance(gamma));
        }

        return states.Revenue;

        bool Chance(double probability) => random.NextBelow(1_000_000) < (ulong)(probability * 1_000_000);
    }

    /// <summary>
    /// The pool's part of so many blocks of the chain, with full nodes. γ of the honest power is near the pool, where two nodes
    /// take turns: the one that made the latest block of the two has no hash power until the other made one. So nobody who has
    /// hash power in a race made the other block, as if there were very many small miners, and γ is exact.
    /// </summary>
    /// <returns>The pool's part, and what the paper's states come to when the same miners find blocks in the same order.</returns>
    public static (double Revenue, double ByStates) Simulate(double alpha, double gamma, int blocks, ulong seed, CancellationToken cancelled)
    {
        int near = gamma > 0 ? 2 : 0;
        double[] shares = [alpha, .. Enumerable.Repeat((1 - alpha) * gamma, near), .. gamma < 1 ? [(1 - alpha) * (1 - gamma)] : Array.Empty<double>()];
        long pools = 0;
        long all = 0;
        var states = new SelfishStates();
        for (int done = 0; done < blocks; done += BlocksPerRun)
        {
            var world = new MiningWorld(shares, Network, node => node == 0 ? 0 : node <= near ? 1 : 2, static node => new SelfishMiner(node), seed++);
            world.Resting = near > 0 ? 1 : null;
            world.Made = maker =>
            {
                bool isNear = maker > 0 && maker <= near;
                world.Resting = isNear ? maker : world.Resting;
                states.Find(isPools: maker == 0, isOnPools: isNear);
            };
            ulong height = (ulong)int.Min(BlocksPerRun, blocks - done);
            world.RunUntil(() => world.Attacker.Node.Head.Height.Value >= height, cancelled);
            states.GiveUpLead();
            IReadOnlyList<int> makers = world.MakersOfChain();
            pools += makers.Count(static maker => maker == 0);
            all += makers.Count;
        }

        return (pools / (double)all, states.Revenue);
    }
}
