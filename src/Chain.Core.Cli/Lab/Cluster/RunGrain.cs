using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Cluster;

/// <summary>A grain for a run. It is called once.</summary>
[Orleans.Placement.ActivationCountBasedPlacement]
internal sealed class RunGrain(EngineShelf shelf, RunSlots slots) : Grain, IRunGrain
{
    public async Task<string> RunAsync(string version, string scenario, int engine, ulong seed)
    {
        if (version != LabCluster.Version)
        {
            throw new ArgumentException($"this worker is version {LabCluster.Version}, and not {version}", nameof(version));
        }

        if (!ScenarioJson.TryRead(scenario, out Scenario? asked, out string problem))
        {
            throw new ArgumentException(problem, nameof(scenario));
        }

        EngineChoice choice = asked.Engines[engine];
        ILaboratoryEngine found = shelf.Engines.FirstOrDefault(each => each.Name == choice.Name)
            ?? throw new ArgumentException($"this worker has no engine '{choice.Name}': it takes --engines with the same assembly", nameof(engine));
        await slots.Free.WaitAsync();
        try
        {
            slots.Begins(choice, seed);

            // On the pool: a run takes a core for minutes, and the scheduler of grains has calls to answer meanwhile.
            return await Task.Run(() => RunResultJson.Write(ScenarioRun.Run(asked, choice, found, seed)));
        }
        finally
        {
            slots.Free.Release();
            DeactivateOnIdle();
        }
    }
}
