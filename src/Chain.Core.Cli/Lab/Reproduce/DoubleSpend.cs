using Chain.Core.Simulation;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>The probability of a double spend against confirmations: in the simulator, by Rosenfeld 2014, and by Nakamoto 2008.</summary>
internal static class DoubleSpend
{
    private const int Patience = 14;

    /// <summary>So many attempts of one run that the memory of its nodes stays small; more are several runs.</summary>
    private const int AttemptsPerRun = 500;

    private static readonly LatencyMatrix Network = new("near", "chosen small against the time from block to block", ["all"], [0.2]);

    /// <summary>Rosenfeld 2014, equation 1: the attacker has one block when it pays.</summary>
    /// <param name="q">The attacker's part of the hash power.</param>
    /// <param name="n">How many confirmations the payee waits for.</param>
    public static double Rosenfeld(double q, int n)
    {
        double p = 1 - q;
        double sum = 0;
        double choose = 1; // m + n − 1 over m
        for (int m = 0; m <= n; m++)
        {
            sum += choose * ((Math.Pow(p, n) * Math.Pow(q, m)) - (Math.Pow(p, m) * Math.Pow(q, n)));
            choose = choose * (m + n) / (m + 1);
        }

        return q >= p ? 1 : 1 - sum;
    }

    /// <summary>Nakamoto 2008, section 11: the attacker's progress taken as Poisson.</summary>
    public static double Nakamoto(double q, int z)
    {
        double p = 1 - q;
        double lambda = z * (q / p);
        double sum = 1;
        double poisson = Math.Exp(-lambda);
        for (int k = 0; k <= z; k++)
        {
            sum -= poisson * (1 - Math.Pow(q / p, z - k));
            poisson *= lambda / (k + 1);
        }

        return sum;
    }

    /// <summary>Attempts with full nodes.</summary>
    /// <returns>How many attempts there were, how many undid the payment, and how many reorganisations of at least so many blocks an honest node saw.</returns>
    public static (int Attempts, int Successes, int DeepReorganisations) Simulate(double q, int confirmations, int attempts, ulong seed, CancellationToken cancelled)
    {
        (int tried, int succeeded, int deep) = (0, 0, 0);
        for (int left = attempts; left > 0; left -= AttemptsPerRun)
        {
            var world = new MiningWorld([q, 1 - q], Network, static _ => 0, node => new DoubleSpender(node, confirmations, Patience), seed++);
            var attacker = (DoubleSpender)world.Attacker;
            int asked = int.Min(left, AttemptsPerRun);
            world.RunUntil(() => attacker.Attempts >= asked, cancelled);
            tried += attacker.Attempts;
            succeeded += attacker.Successes;
            deep += world.Reorganisations.Where(each => each.Key >= confirmations).Sum(static each => each.Value);
        }

        return (tried, succeeded, deep);
    }
}
