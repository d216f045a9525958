using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>Proof of work whose target stays as it is and whose blocks are not built anew, as papers assume.</summary>
internal static class SteadyWork
{
    private const string Never = "8000h";

    /// <param name="nodes">How many nodes there are.</param>
    /// <param name="power">The hash power of those that mine.</param>
    /// <param name="spacing">The time from block to block, were there no stale ones.</param>
    public static EngineSetup Set(int nodes, ulong[] power, TimeSpan spacing) => new ProofOfWorkEngineEntry().Set(new EngineRequest(nodes, power, new Dictionary<string, string>
    {
        ["spacing"] = Durations.Format(spacing),
        ["halflife"] = Never,
        ["rebuild"] = Never,
    }));
}
