using Chain.Core.Machines;
using Chain.Core.Simulation;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>The revenue of a selfish pool (Eyal and Sirer 2014): in the simulator, and by the closed form.</summary>
internal static class SelfishMining
{
    private const int Honest = 8;

    /// <summary>
    /// Regions: the pool; honest nodes that hear the pool at once; honest nodes that hear it late. The pool hears everybody
    /// at once. Milliseconds there and back, of which a message takes half; rows are senders.
    /// </summary>
    private static readonly LatencyMatrix Network = new(
        "race",
        "chosen so that the pool wins or loses every race by the place of a node",
        ["pool", "near", "far"],
        [
            0, 0.2, 400,
            0.2, 100, 100,
            0.2, 100, 100,
        ]);

    /// <summary>
    /// The part of the honest power that mines on the pool's block in a race: of the near nodes, all but the one that made
    /// the other block.
    /// </summary>
    /// <param name="near">How many honest nodes hear the pool first.</param>
    public static double GammaOf(int near) => (double)near * (Honest - 1) / (Honest * Honest);

    /// <summary>How many honest nodes are near for a γ that was asked for.</summary>
    public static int NearFor(double gamma) => (int)Math.Round(gamma * Honest);

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

    /// <summary>One run of the state machine of the paper (figure 1).</summary>
    private static double Sample(double alpha, double gamma, int blocks, DeterministicRandom random)
    {
        int pool = 0;
        int others = 0;
        int lead = 0;
        bool isRacing = false;
        while (pool + others < blocks)
        {
            bool isPools = Chance(alpha);
            if (isRacing)
            {
                isRacing = false;
                int won = isPools ? 2 : Chance(gamma) ? 1 : 0;
                pool += won;
                others += 2 - won;
            }
            else if (isPools)
            {
                lead++;
            }
            else
            {
                others += lead == 0 ? 1 : 0;
                pool += lead == 2 ? 2 : lead > 2 ? 1 : 0;
                isRacing = lead == 1;
                lead = lead <= 2 ? 0 : lead - 1;
            }
        }

        return pool / (double)(pool + others);

        bool Chance(double probability) => random.NextBelow(1_000_000) < (ulong)(probability * 1_000_000);
    }

    /// <summary>The pool's part of so many blocks of the chain, with full nodes.</summary>
    public static double Simulate(double alpha, int near, int blocks, ulong seed, CancellationToken cancelled)
    {
        var world = new MiningWorld(
            alpha, Honest, Network, node => node == 0 ? 0 : node <= near ? 1 : 2, static node => new SelfishMiner(node), seed);
        world.RunUntil(() => world.Attacker.Node.Head.Height.Value >= (ulong)blocks, cancelled);
        IReadOnlyList<int> makers = world.MakersOfChain();
        return makers.Count(static maker => maker == 0) / (double)makers.Count;
    }
}
