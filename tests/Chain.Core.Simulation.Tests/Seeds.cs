using System.Globalization;
using System.Runtime.CompilerServices;
using Chain.Core.Testing;

namespace Chain.Core.Simulation.Tests;

/// <summary>The seeds that a scenario runs under. A seed that fails is named with the command that runs it alone.</summary>
internal static class Seeds
{
    public const string Variable = "CHAIN_CORE_SEED";

    /// <summary>Runs a scenario under as many seeds, or under the one in the variable.</summary>
    /// <param name="ordinary">Seeds in an ordinary run.</param>
    /// <param name="perFactor">Seeds in a long run, times its factor.</param>
    /// <param name="scenario">Throws where something is wrong.</param>
    /// <param name="test">The test, for the command that replays it.</param>
    public static void ForEach(int ordinary, int perFactor, Action<ulong> scenario, [CallerMemberName] string test = "")
    {
        if (ulong.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out ulong chosen))
        {
            scenario(chosen);
            return;
        }

        for (ulong seed = 1; seed <= (ulong)LongRun.Count(ordinary, perFactor); seed++)
        {
            try
            {
                scenario(seed);
            }
            catch (Exception failure)
            {
                throw new SimulationException(
                    $"seed {seed} failed: {failure.Message}\nreplay: {Variable}={seed} dotnet test tests/Chain.Core.Simulation.Tests -c Release --filter Name={test}", failure);
            }
        }
    }
}
